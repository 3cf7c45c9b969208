// What a user sees of the errors, each with the properties that tell what to do next.

import { expect, failure, present } from "../expect.js";
import { count, duration } from "../output.js";
import { showError, showIssues } from "../steps.js";

/** @typedef {import("./context.js").CombellStep} CombellStep */

/** @type {CombellStep} */
export const badInput = {
  title: "Wrong input is caught before anything is sent, every fault at once",
  code: ['await combell.dnsRecords.list({ domainName: "my-shop.example", typ: "A", take: "ten" });'],
  async run({ combell, hostwire, traffic }, show) {
    const before = traffic.requests;
    /** @type {{}} what TypeScript would refuse */
    const wrong = { domainName: "my-shop.example", typ: "A", take: "ten" };
    const error = await failure(hostwire.InputError, () =>
      combell.dnsRecords.list(/** @type {{ domain_name: string }} */ (wrong)),
    );
    showIssues(show, error);
    const paths = error.issues.map(({ path }) => path);
    for (const path of ["domain_name", "domainName", "typ", "take"]) {
      expect(paths.includes(path), `there is an issue about ${path}`);
    }
    expect(/did you mean type\?/.test(error.message), "the nearest known name is told");
    expect(traffic.requests === before, "nothing is sent");
    return `${count(error.issues.length, "fault")} found, nothing sent`;
  },
};

/** @type {CombellStep} */
export const refusedByProvider = {
  title: "What only the provider can judge comes back as a ValidationError",
  code: [
    "await combell.dnsRecords.create({",
    '  domain_name, type: "A", record_name: "shop", content: "not an address",',
    "});",
  ],
  async run({ combell, hostwire, known }, show) {
    const domain_name = present(known.domainName, "a domain name");
    const error = await failure(hostwire.ValidationError, () =>
      combell.dnsRecords.create({ domain_name, type: "A", record_name: "shop", content: "not an address" }),
    );
    const [issue] = error.issues;
    showError(show, error, {
      message: error.message,
      status: error.status,
      "issues[0].code": issue?.code,
      "issues[0].message": issue?.message,
    });
    expect(error.status === 400 && issue?.code !== undefined, "the provider's code is told");
    return "The provider's own words and code are kept";
  },
};

/** @type {CombellStep} */
export const notFound = {
  title: "What is not there is a NotFoundError",
  code: ['await combell.domains.get({ domain_name: "nobody-has-this.example" });'],
  async run({ combell, hostwire }, show) {
    const error = await failure(hostwire.NotFoundError, () =>
      combell.domains.get({ domain_name: "nobody-has-this.example" }),
    );
    showError(show, error, { message: error.message, status: error.status, code: error.code });
    expect(error.status === 404, "the status is 404");
    return "Told apart with instanceof";
  },
};

/** @type {CombellStep} */
export const rateLimited = {
  title: "Too many calls: a RateLimitError says when to come back",
  code: ["await combell.servicepacks.list({}, { maxRetries: 0 });"],
  async run({ combell, hostwire, sandbox }, show) {
    limitRate(sandbox, 30);
    const error = await failure(hostwire.RateLimitError, () =>
      combell.servicepacks.list({}, { maxRetries: 0 }),
    );
    const { message, status, retryAfterMs } = error;
    showError(show, error, { message, status, retryAfterMs });
    expect(retryAfterMs === 30_000, "the provider asks to wait for 30 s");
    return `To be tried again in ${duration(retryAfterMs)}`;
  },
};

/** @type {CombellStep} */
export const retried = {
  title: "Left to itself, a client waits as long as it is told to and tries again",
  code: [
    "const combell = new Combell({ apiKey, apiSecret, onRetry });",
    "const { data, response } = await combell.servicepacks.list().withResponse();",
  ],
  async run({ hostwire, clientOptions, sandbox }, show) {
    limitRate(sandbox, 1);
    let delays = 0;
    const combell = new hostwire.Combell({
      ...clientOptions,
      onRetry({ status, reason, delayMs }) {
        delays += delayMs;
        show.progress(`${status} ${reason}: trying again in ${duration(delayMs)}`);
      },
    });
    const { data, response } = await combell.servicepacks.list().withResponse();
    expect(response.attempts === 2, `2 attempts are needed, not ${response.attempts}`);
    expect(delays >= 1000, "the client waits for as long as it is told to");
    expect(data.length > 0, "the answer is there");
    return `${count(data.length, "service pack")} after ${count(response.attempts, "attempt")}`;
  },
};

/** @type {CombellStep} */
export const notAllowed = {
  title: "A client that may only read cannot change anything",
  code: [
    'const reader = new Combell({ apiKey, apiSecret, allow: ["read"] });',
    'await reader.dnsRecords.delete({ domain_name: "my-shop.example", record_id: "1" });',
  ],
  async run({ hostwire, clientOptions, traffic }, show) {
    const reader = new hostwire.Combell({ ...clientOptions, allow: ["read"] });
    const before = traffic.requests;
    const error = await failure(hostwire.NotAllowedError, () =>
      reader.dnsRecords.delete({ domain_name: "my-shop.example", record_id: "1" }),
    );
    showError(show, error, { message: error.message });
    expect(traffic.requests === before, "nothing is sent");
    return "Refused, nothing sent";
  },
};

/**
 * @param {import("./context.js").Context["sandbox"]} sandbox
 * @param {number} retryAfter seconds
 */
const limitRate = (sandbox, retryAfter) =>
  present(sandbox, "a sandbox").misbehave({
    operation: "servicepacks.list",
    fault: { type: "rateLimit", retryAfter },
  });
