// Hostkey says no with status 200; a user sees an error all the same.

import { expect, failure, present } from "../expect.js";
import { count } from "../output.js";
import { followed, showError, showIssues } from "../steps.js";
import { workState } from "./context.js";

/** @typedef {import("./context.js").HostkeyStep} HostkeyStep */

const WRONG_PIN = 1234;

/** @type {HostkeyStep} */
export const wrongPin = {
  title: "A wrong PIN: the answer has status 200 and result -1, and is thrown like any other failure",
  code: [`await hostkey.eq.reboot({ id, pin: ${WRONG_PIN} });`],
  async run({ hostkey, hostwire, known }, show) {
    const id = present(known.serverId, "a server");
    const error = await failure(hostwire.ApiError, () => hostkey.eq.reboot({ id, pin: WRONG_PIN }));
    const { message, status, body, operation } = error;
    showError(show, error, { message, operation, status, body: JSON.stringify(body) });
    expect(status === 200 && /Invalid pin code/.test(message), "the provider's own words are kept");
    expect(!message.includes(String(WRONG_PIN)), "the PIN is not told");
    return "The provider's own words are kept";
  },
};

/** @type {HostkeyStep} */
export const failedWork = {
  title: "Work that fails later on is a JobError",
  code: ["await hostkey.eq.on({ id }).wait({ onProgress });"],
  async run({ hostkey, hostwire, known, sandbox }, show) {
    const id = present(known.serverId, "a server");
    present(sandbox, "a sandbox").nextJob({ outcome: "failed", polls: 1 });
    const error = await failure(hostwire.JobError, () =>
      hostkey.eq.on({ id }).wait(followed(show, workState)),
    );
    const answer = /** @type {import("./context.js").CallbackAnswer} */ (error.answer);
    // What came of the work is in the provider's answer, more than in the message.
    showError(show, error, {
      operation: error.operation,
      "answer.result": answer.result,
      "answer.scope": String(answer.scope),
    });
    expect(answer.result === "Error", "the provider's word for it is told");
    return "The provider's last answer is in error.answer";
  },
};

/** @type {HostkeyStep} */
export const sessionOver = {
  title: "A session that is over: the client logs in again and repeats the call",
  code: ["const { servers } = await hostkey.eq.list();"],
  async run({ hostkey, sandbox }, show) {
    const { logins, expireTokens } = present(sandbox, "a sandbox");
    expireTokens();
    const { servers = [] } = await hostkey.eq.list();
    const again = present(sandbox, "a sandbox").logins - logins;
    expect(again === 1 && servers.length > 0, "one more login is enough");
    show.fields({ logins: `${logins}, and ${again} more` });
    return `${count(servers.length, "server")}, as if nothing had been`;
  },
};

/** @type {HostkeyStep} */
export const badInput = {
  title: "Wrong input is caught before anything is sent, every fault at once",
  code: ['await hostkey.eq.show({ id: "my server", pim: 1 });'],
  async run({ hostkey, hostwire, traffic }, show) {
    const before = traffic.requests;
    /** @type {{}} what TypeScript would refuse */
    const wrong = { id: "my server", pim: 1 };
    const error = await failure(hostwire.InputError, () =>
      hostkey.eq.show(/** @type {{ id: number }} */ (wrong)),
    );
    showIssues(show, error);
    expect(error.issues.length === 2, "there are two issues");
    expect(traffic.requests === before, "nothing is sent");
    return `${count(error.issues.length, "fault")} found, nothing sent`;
  },
};

/** @type {HostkeyStep} */
export const notAllowed = {
  title: "A client that may only read cannot switch anything off",
  code: ['const reader = new Hostkey({ apiKey, allow: ["read"] });', "await reader.eq.off({ id, pin });"],
  async run({ hostwire, clientOptions, traffic }, show) {
    const reader = new hostwire.Hostkey({ ...clientOptions, allow: ["read"] });
    const before = traffic.requests;
    const error = await failure(hostwire.NotAllowedError, () => reader.eq.off({ id: 1, pin: WRONG_PIN }));
    showError(show, error, { message: error.message });
    expect(traffic.requests === before, "nothing is sent");
    return "Refused, nothing sent";
  },
};
