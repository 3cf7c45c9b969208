import { expect, present } from "../expect.js";
import { count } from "../output.js";
import { day, NO_ADDRESS, text } from "./context.js";

/**
 * @typedef {import("./context.js").CombahtonStep} CombahtonStep
 * @typedef {import("../../../pkg/providers/combahton.js").AntiddosStatus} AntiddosStatus
 */

const PTR = "my-shop.example.net";
const SHOWN = 4;

/** @type {CombahtonStep} */
export const attacks = {
  title: "What attacks have there been?",
  code: ["const incidents = await combahton.antiddos.incidents.showAll();"],
  async run({ combahton, known, sandbox }, show) {
    const answer = await combahton.antiddos.incidents.showAll();
    // Where there are none, the answer is a status, as the documentation has it.
    const incidents = Array.isArray(answer) ? answer : [];
    expect(!sandbox || incidents.length === 100, "there are a hundred");
    known.ip = incidents[0] === undefined ? undefined : text(incidents[0].ipaddr);
    show.table(
      incidents
        .slice(0, SHOWN)
        .map(({ time, ipaddr, attack_type, mbps }) => [
          day(time),
          text(ipaddr),
          attack_type,
          `${text(mbps)} Mbit/s`,
        ]),
    );
    return `${count(incidents.length, "attack")}, the latest first`;
  },
};

/** @type {CombahtonStep} */
export const filters = {
  title: "Which filters protect an address?",
  code: ["const status = await combahton.antiddos.status.show({ ipaddr });"],
  async run({ combahton, known: { ip: ipaddr } }, show) {
    if (ipaddr === undefined) return NO_ADDRESS;
    const status = await combahton.antiddos.status.show({ ipaddr });
    show.fields(filtersOf(status));
    return Object.values(filtersOf(status)).includes("on") ? "Some are on" : "None is on";
  },
};

/** @type {CombahtonStep} */
export const route = {
  title: "Send all traffic of an address through the DDoS filters",
  code: [
    'await combahton.antiddos.layer4.routing({ ipaddr, routing: "permanent" });',
    "const status = await combahton.antiddos.status.show({ ipaddr });",
  ],
  async run({ combahton, known }, show) {
    const ipaddr = present(known.ip, "an address");
    const before = await combahton.antiddos.status.show({ ipaddr });
    await combahton.antiddos.layer4.routing({ ipaddr, routing: "permanent" });
    const status = await combahton.antiddos.status.show({ ipaddr });
    expect(before.l4_permanent === "off" && status.l4_permanent === "on", "the filters are on for good");
    show.fields(filtersOf(status));
    return `The filters of ${ipaddr} are always on now`;
  },
};

/** @type {CombahtonStep} */
export const name = {
  title: "Give it a name, the reverse DNS",
  code: [
    `await combahton.ipaddr.rdns.ipv4({ ipaddr, ptr: "${PTR}" });`,
    "const address = await combahton.ipaddr.view.ipv4({ ipaddr });",
  ],
  async run({ combahton, known }, show) {
    const ipaddr = present(known.ip, "an address");
    await combahton.ipaddr.rdns.ipv4({ ipaddr, ptr: PTR });
    const address = await combahton.ipaddr.view.ipv4({ ipaddr });
    expect(address.rdns === PTR, `the name of the address is ${PTR}`);
    show.fields({ contract: text(address.contract), rdns: text(address.rdns) });
    return `${ipaddr} is ${PTR}`;
  },
};

/** @param {AntiddosStatus} status */
const filtersOf = ({ l4_dynamic, l4_permanent, l7_permanent }) => ({
  l4_dynamic: text(l4_dynamic),
  l4_permanent: text(l4_permanent),
  l7_permanent: text(l7_permanent),
});
