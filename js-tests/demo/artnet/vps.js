import { expect, present } from "../expect.js";
import { count } from "../output.js";
import { walkAll } from "../steps.js";
import { SHOWN } from "./context.js";

/** @typedef {import("./context.js").ArtnetStep} ArtnetStep */

/** @type {ArtnetStep} */
export const list = {
  title: "List the virtual servers, the first page of them",
  code: ["const { items, hasNextPage } = await artnet.vps.list({ limit: 5 });"],
  async run({ artnet, known, sandbox }, show) {
    const { items, hasNextPage } = await artnet.vps.list({ limit: SHOWN });
    expect(!sandbox || (items.length === SHOWN && hasNextPage), "this is not all of them");
    known.vpsId = items[0]?.id;
    show.table(
      items.map(({ id, name, ip, payment_details }) => [
        id,
        name,
        ip,
        payment_details && `${payment_details.price} ${payment_details.currency}`,
      ]),
    );
    return `${count(items.length, "server")}${hasNextPage ? ", and there are more" : ""}`;
  },
};

/** @type {ArtnetStep} */
export const show = {
  title: "Look at one",
  code: ["const { service_details } = await artnet.vps.details({ service_id });"],
  async run({ artnet, known }, show) {
    const service_id = known.vpsId;
    if (service_id === undefined) return "There is no virtual server to look at";
    const { service_details: vps } = await artnet.vps.details({ service_id });
    expect(vps.id === service_id, `it is number ${service_id}`);
    const network = vps.network_configuration ?? vps.newtwork_configuration;
    show.fields({ ip: network?.ip, power_state: vps.power_state, active: vps.active });
    return `It is ${vps.power_state}`;
  },
};

/** @type {ArtnetStep} */
export const power = {
  title: "Switch it off and on again",
  code: [
    "await artnet.vps.powerOff({ service_id });",
    "await artnet.vps.powerOn({ service_id });",
    "const { service_details } = await artnet.vps.details({ service_id });",
  ],
  async run({ artnet, known }, show) {
    const service_id = present(known.vpsId, "a virtual server");
    /** @type {string[]} */
    const states = [];
    const look = async () => {
      const { service_details } = await artnet.vps.details({ service_id });
      states.push(present(service_details.power_state, "its power state"));
    };
    await artnet.vps.powerOff({ service_id });
    await look();
    await artnet.vps.powerOn({ service_id });
    await look();
    expect(states.join() === "off,on", "it is off, then on");
    show.fields({ power_state: states.join(", then ") });
    return "It is on";
  },
};

/** @type {ArtnetStep} */
export const walkServices = {
  title: "Walk all services, page by page, without minding the pages",
  code: ["for await (const service of artnet.services.list({ limit: 50 })) seen.add(service.id);"],
  async run({ artnet, sandbox, traffic }, show) {
    const surroundings = { show, traffic, operation: "services.list", isSandbox: Boolean(sandbox) };
    const services = () => artnet.services.list({ limit: 50 });
    const { items, pages } = await walkAll(services, ({ id }) => id, surroundings);
    expect(!sandbox || items > 100, "there are more than a hundred services");
    return `${count(items, "service")} in ${count(pages, "page")}`;
  },
};
