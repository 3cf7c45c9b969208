// What a user sees of combahton's failures, which are a status in place of the answer.

import { expect, failure, present } from "../expect.js";
import { count } from "../output.js";
import { showError, showIssues } from "../steps.js";

/**
 * @typedef {import("./context.js").CombahtonStep} CombahtonStep
 * @typedef {import("../../../pkg/providers/combahton.js").AntiddosLayer4RoutingParams} RoutingParams
 */

/** @type {CombahtonStep} */
export const wrongSecret = {
  title: "Wrong credentials: the answer has status 200 and says auth_failed, and is thrown",
  code: [
    'const stranger = new Combahton({ email, secret: "wrong" });',
    "await stranger.customer.credits.view();",
  ],
  async run({ hostwire, clientOptions }, show) {
    const secret = "not-the-secret-of-this-account";
    const stranger = new hostwire.Combahton({ ...clientOptions, secret });
    const error = await failure(hostwire.AuthenticationError, () => stranger.customer.credits.view());
    const { message, status, code, body } = error;
    showError(show, error, { message, status, code, body: JSON.stringify(body) });
    expect(status === 200 && code === "auth_failed", "the provider's status is told");
    expect(!message.includes(secret), "the secret is not");
    return "An AuthenticationError, as with a provider that answers 401";
  },
};

/** @type {CombahtonStep} */
export const foreign = {
  title: "An address of somebody else is a PermissionError",
  code: ['await combahton.ipaddr.rdns.ipv4({ ipaddr: "198.51.100.1", ptr: "my-shop.example.net" });'],
  async run({ combahton, hostwire, sandbox }, show) {
    present(sandbox, "a sandbox");
    const error = await failure(hostwire.PermissionError, () =>
      combahton.ipaddr.rdns.ipv4({ ipaddr: "198.51.100.1", ptr: "my-shop.example.net" }),
    );
    const { message, status, code } = error;
    showError(show, error, { message, status, code });
    expect(code === "id_unauthenticated", "the provider's status is told");
    return "Told apart with instanceof";
  },
};

/** @type {CombahtonStep} */
export const badInput = {
  title: "Wrong input is caught before anything is sent, every fault at once",
  code: ['await combahton.antiddos.layer4.routing({ ip: "192.0.2.10", routing: true });'],
  async run({ combahton, hostwire, traffic }, show) {
    const before = traffic.requests;
    /** @type {{}} what TypeScript would refuse */
    const wrong = { ip: "192.0.2.10", routing: true };
    const error = await failure(hostwire.InputError, () =>
      combahton.antiddos.layer4.routing(/** @type {RoutingParams} */ (wrong)),
    );
    showIssues(show, error);
    expect(error.issues.length === 3, "there are three issues");
    expect(traffic.requests === before, "nothing is sent");
    return `${count(error.issues.length, "fault")} found, nothing sent`;
  },
};

/** @type {CombahtonStep} */
export const badQuestion = {
  title: "Wrong input is caught before anything is sent, every fault at once",
  code: ['await combahton.kvm.server.view({ contract: "603000" });'],
  async run({ combahton, hostwire, traffic }, show) {
    const before = traffic.requests;
    /** @type {{}} what TypeScript would refuse */
    const wrong = { contract: "603000" };
    const error = await failure(hostwire.InputError, () =>
      combahton.kvm.server.view(/** @type {{ id: string }} */ (wrong)),
    );
    showIssues(show, error);
    expect(error.issues.length === 2, "there are two issues");
    expect(traffic.requests === before, "nothing is sent");
    return `${count(error.issues.length, "fault")} found, nothing sent`;
  },
};

/** @type {CombahtonStep} */
export const notAllowed = {
  title: "A client that may only read cannot wipe a server",
  code: [
    'const reader = new Combahton({ email, secret, allow: ["read"] });',
    'await reader.kvm.server.reinstall({ id: "603000", template: "1" });',
  ],
  async run({ hostwire, clientOptions, traffic }, show) {
    const reader = new hostwire.Combahton({ ...clientOptions, allow: ["read"] });
    const before = traffic.requests;
    const error = await failure(hostwire.NotAllowedError, () =>
      reader.kvm.server.reinstall({ id: "603000", template: "1" }),
    );
    showError(show, error, { message: error.message });
    expect(traffic.requests === before, "nothing is sent");
    return "Refused, nothing sent";
  },
};
