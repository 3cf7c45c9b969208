// What a user sees of Artnet's `success: false`.

import { expect, failure, present } from "../expect.js";
import { count } from "../output.js";
import { showError, showIssues } from "../steps.js";
import { ANY, WEB } from "./firewall.js";

/**
 * @typedef {import("./context.js").ArtnetStep} ArtnetStep
 * @typedef {import("../../../pkg/providers/artnet.js").FirewallSaveParams} FirewallSaveParams
 */

/** @type {ArtnetStep} */
export const refusedByProvider = {
  title: "The answer has status 200 and success: false, and is thrown like any other failure",
  code: ['await artnet.failOverIp.switch({ service_id, real_ip: "198.51.100.20" });'],
  async run({ artnet, hostwire, known }, show) {
    const service_id = present(known.failOverId, "a fail-over address");
    const error = await failure(hostwire.ApiError, () =>
      artnet.failOverIp.switch({ service_id, real_ip: "198.51.100.20" }),
    );
    const { message, status, code } = error;
    showError(show, error, { message, status, code });
    expect(status === 200 && code === "ip-not-allowed", "the provider's code is told");
    return "The provider's own words and code are kept";
  },
};

/** @type {ArtnetStep} */
export const wrongRule = {
  title: "What else the provider says is in the body: which rule is wrong, for instance",
  code: [
    "const wrong = { ...allowed, destination: { ...web, port: { begin: 443, end: 80 } } };",
    "await artnet.firewall.save({ ruleset_id, rules: { in: [allowed, wrong], out: [] } });",
  ],
  async run({ artnet, hostwire, known }, show) {
    const ruleset_id = present(known.rulesetId, "a firewall");
    const allowed = /** @type {const} */ ({ policy: "ACCEPT", protocol: 6, source: ANY, destination: WEB });
    const wrong = { ...allowed, destination: { ...WEB, port: { begin: 443, end: 80 } } };
    const error = await failure(hostwire.ApiError, () =>
      artnet.firewall.save({ ruleset_id, rules: { in: [allowed, wrong], out: [] } }),
    );
    const { message, code, body } = error;
    const { errors_details } = /** @type {{ error: { errors_details: unknown } }} */ (body).error;
    const details = JSON.stringify(errors_details);
    showError(show, error, { message, code, "body.error.errors_details": details });
    expect(code === "rules-syntax-error" && details.includes("in.1"), "the rule is told");
    return "Nothing was saved";
  },
};

/** @type {ArtnetStep} */
export const badInput = {
  title: "Wrong input is caught before anything is sent, every fault at once, however deep",
  code: [
    'const destination = { ip: "198.51.100.10" };',
    'const wrong = { policy: "DROP", protocol: [6], source: any, destination };',
    'await artnet.firewall.save({ ruleset_id: "fw-1", rules: { in: [wrong] } });',
  ],
  async run({ artnet, hostwire, traffic }, show) {
    const before = traffic.requests;
    const rule = { policy: "DROP", protocol: [6], source: ANY, destination: { ip: "198.51.100.10" } };
    /** @type {{}} what TypeScript would refuse */
    const wrong = { ruleset_id: "fw-1", rules: { in: [rule] } };
    const error = await failure(hostwire.InputError, () =>
      artnet.firewall.save(/** @type {FirewallSaveParams} */ (wrong)),
    );
    showIssues(show, error);
    expect(error.issues.length === 3, "there are three issues");
    expect(traffic.requests === before, "nothing is sent");
    return `${count(error.issues.length, "fault")} found, nothing sent`;
  },
};

/** @type {ArtnetStep} */
export const badQuestion = {
  title: "Wrong input is caught before anything is sent, every fault at once",
  code: ['await artnet.vps.details({ service: "my server" });'],
  async run({ artnet, hostwire, traffic }, show) {
    const before = traffic.requests;
    /** @type {{}} what TypeScript would refuse */
    const wrong = { service: "my server" };
    const error = await failure(hostwire.InputError, () =>
      artnet.vps.details(/** @type {{ service_id: number }} */ (wrong)),
    );
    showIssues(show, error);
    expect(error.issues.length === 2, "there are two issues");
    expect(traffic.requests === before, "nothing is sent");
    return `${count(error.issues.length, "fault")} found, nothing sent`;
  },
};

/** @type {ArtnetStep} */
export const notAllowed = {
  title: "A client that may only read cannot switch anything off",
  code: [
    'const reader = new Artnet({ customerId, apiKey, allow: ["read"] });',
    "await reader.vps.powerOff({ service_id: 12017 });",
  ],
  async run({ hostwire, clientOptions, traffic }, show) {
    const reader = new hostwire.Artnet({ ...clientOptions, allow: ["read"] });
    const before = traffic.requests;
    const error = await failure(hostwire.NotAllowedError, () => reader.vps.powerOff({ service_id: 12017 }));
    showError(show, error, { message: error.message });
    expect(traffic.requests === before, "nothing is sent");
    return "Refused, nothing sent";
  },
};
