import { expect, present } from "../expect.js";
import { count } from "../output.js";

/**
 * @typedef {import("./context.js").ArtnetStep} ArtnetStep
 * @typedef {import("../../../pkg/providers/artnet.js").FirewallRule} FirewallRule
 */

/** @type {ArtnetStep} */
export const read = {
  title: "Read the rules of a firewall",
  code: [
    "const { rulesets_list } = await artnet.firewall.list();",
    "const { ruleset_details } = await artnet.firewall.details({ ruleset_id });",
  ],
  async run({ artnet, known }, show) {
    const { rulesets_list } = await artnet.firewall.list();
    const ruleset_id = rulesets_list[0]?.id;
    if (ruleset_id === undefined) return "There is no firewall to look at";
    known.rulesetId = ruleset_id;
    const { ruleset_details: ruleset } = await artnet.firewall.details({ ruleset_id });
    expect(ruleset.id === ruleset_id, `they are the rules of ${ruleset_id}`);
    const rules = present(ruleset.rules?.in, "rules for what comes in");
    showRules(show, rules);
    const state = ruleset.enabled ? "on" : "off";
    return `${ruleset_id} is ${state}, ${count(rules.length, "rule")} for what comes in`;
  },
};

export const ANY = { ip: "0.0.0.0", mask_short: 0, port: { begin: "", end: "" } };
export const WEB = { ip: "198.51.100.10", mask_short: 32, port: { begin: 80, end: 443 } };

/** @type {ArtnetStep} */
export const save = {
  title: "Save other rules, nested as they are; the client makes a form of them",
  code: [
    'const any = { ip: "0.0.0.0", mask_short: 0, port: { begin: "", end: "" } };',
    'const web = { ip: "198.51.100.10", mask_short: 32, port: { begin: 80, end: 443 } };',
    'const allowed = { policy: "ACCEPT", protocol: 6, source: any, destination: web };',
    'const others = { policy: "DROP", protocol: "", source: any, destination: any };',
    "await artnet.firewall.save({ ruleset_id, rules: { in: [allowed, others], out: [] } });",
    "const { ruleset_details } = await artnet.firewall.details({ ruleset_id });",
  ],
  async run({ artnet, known }, show) {
    const ruleset_id = present(known.rulesetId, "a firewall");
    const allowed = /** @type {const} */ ({ policy: "ACCEPT", protocol: 6, source: ANY, destination: WEB });
    const others = /** @type {const} */ ({ policy: "DROP", protocol: "", source: ANY, destination: ANY });
    const params = { ruleset_id, rules: { in: [allowed, others], out: [] } };
    // The form holds the credentials too, so that only some of it can be shown.
    const form = new URLSearchParams(await (await artnet.prepare("firewall.save", params)).text());
    const shown = [...form].filter(([name]) => name.startsWith("rules[in][0][destination]"));
    expect(shown.length === 4, "the form has the destination of the first rule");
    show.table(shown.map(([name, value]) => [`${name}=${value}`]));

    await artnet.firewall.save(params);
    const { ruleset_details } = await artnet.firewall.details({ ruleset_id });
    const saved = present(ruleset_details.rules?.in, "rules for what comes in");
    expect(saved.map(({ policy }) => policy).join() === "ACCEPT,DROP", "both rules are there, in order");
    expect(saved[0]?.destination.port.begin === "80", "the ports are as given");
    showRules(show, saved);
    return `${count(saved.length, "rule")} saved`;
  },
};

/** @param {FirewallRule["source"]} endpoint */
const endpointOf = ({ ip, mask_short, port }) => {
  const ports = port.begin === "" ? "" : ` port ${port.begin}-${port.end}`;
  return `${ip}/${mask_short}${ports}`;
};

/**
 * @param {import("../output.js").Output} show
 * @param {FirewallRule[]} rules
 */
const showRules = (show, rules) =>
  show.table(
    rules.map(({ policy, protocol, source, destination }) => [
      policy,
      protocol ? `protocol ${protocol}` : "any protocol",
      `from ${endpointOf(source)}`,
      `to ${endpointOf(destination)}`,
    ]),
  );
