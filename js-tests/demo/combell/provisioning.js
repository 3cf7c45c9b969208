// Combell's own example: an account from a service pack, then a database in it.

import { expect, present } from "../expect.js";
import { count } from "../output.js";
import { followed } from "../steps.js";
import { DOMAIN_NAME, lastPart, newPassword } from "./context.js";

/**
 * @typedef {import("./context.js").CombellStep} CombellStep
 * @typedef {import("../../../pkg/providers/combell.js").ProvisioningJobInfo} JobInfo
 * @typedef {import("../../../pkg/providers/combell.js").ProvisioningJobCompletion} JobCompletion
 */

/** @type {CombellStep} */
export const listServicepacks = {
  title: "What can an account be made from?",
  code: ["const servicepacks = await combell.servicepacks.list();"],
  async run({ combell, known }, show) {
    const servicepacks = await combell.servicepacks.list();
    known.servicepackId = servicepacks[0]?.id;
    show.table(servicepacks.map(({ id, name }) => [id, name]));
    return count(servicepacks.length, "service pack");
  },
};

/** @type {CombellStep} */
export const createAccount = {
  title: "Create an account and follow the work to its end",
  code: [
    "const job = await combell.accounts",
    `  .create({ identifier: "${DOMAIN_NAME}", servicepack_id: 1001 })`,
    "  .wait({ onProgress });",
    'const account_id = Number(job.resource_links[0].split("/").at(-1));',
  ],
  async run({ combell, known }, show) {
    const servicepack_id = present(known.servicepackId, "the number of a service pack");
    expect(servicepack_id === 1001, "the first service pack is the one that the code names");
    const job = await combell.accounts
      .create({ identifier: DOMAIN_NAME, servicepack_id })
      .wait(followed(show, jobState));
    const link = linkOf(job);
    known.accountId = Number(lastPart(link));
    known.domainName = DOMAIN_NAME;
    show.line(`     finished: ${link}`);
    return `Account ${known.accountId} is there`;
  },
};

/** @type {CombellStep} */
export const getAccount = {
  title: "Look at an account, and at what came with the answer",
  code: ["const { data, response } = await combell.accounts.get({ account_id }).withResponse();"],
  async run({ combell, known, sandbox }, show) {
    const account_id = known.accountId;
    if (account_id === undefined && !sandbox) return "There is no account to look at";
    const { data, response } = await combell.accounts
      .get({ account_id: present(account_id, "an account") })
      .withResponse();
    expect(data.id === account_id, `the account is number ${account_id}`);
    const { limit, remaining } = response.rateLimit;
    show.fields({
      "data.identifier": data.identifier,
      "data.servicepack.name": data.servicepack?.name,
      "response.status": response.status,
      "response.attempts": response.attempts,
      "response.rateLimit": limit === undefined ? "not told" : `${remaining} of ${limit} calls left`,
    });
    return `It is ${data.identifier}`;
  },
};

/** @type {CombellStep} */
export const createDatabase = {
  title: "Create a MySQL database in it",
  code: [
    "const job = await combell.mySqlDatabases",
    '  .create({ database_name: "shop", account_id, password })',
    "  .wait({ onProgress });",
    "const database = await combell.mySqlDatabases.get({ database_name });",
  ],
  async run({ combell, known }, show) {
    const account_id = present(known.accountId, "an account");
    const password = newPassword();
    const job = await combell.mySqlDatabases
      .create({ database_name: "shop", account_id, password })
      .wait(followed(show, jobState));
    const link = linkOf(job);
    show.line(`     finished: ${link}`);
    const database_name = lastPart(link);
    const database = await combell.mySqlDatabases.get({ database_name });
    expect(database.account_id === account_id, `the database belongs to account ${account_id}`);
    show.fields({ name: database.name, hostname: database.hostname, max_size: `${database.max_size} MB` });
    return `Database ${database.name} is there`;
  },
};

/** @param {JobInfo} answer */
const jobState = ({ status }) => String(status);

/** @param {JobInfo | JobCompletion} job */
const linkOf = (job) =>
  present("resource_links" in job ? job.resource_links?.[0] : undefined, "a link to what was made");
