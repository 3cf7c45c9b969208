import { expect } from "../expect.js";
import { count } from "../output.js";

/** @typedef {import("./context.js").CombellStep} CombellStep */

const TAKE = 100;

/** Somebody may have tens of thousands of accounts, and a rate limit. */
const LIVE_PAGES = 5;

/** @type {CombellStep} */
export const walkAccounts = {
  title: "Walk all accounts, page by page, without minding the pages",
  code: [
    "const { total } = await combell.accounts.list({ take: 1 });",
    `for await (const account of combell.accounts.list({ take: ${TAKE} })) seen.add(account.id);`,
  ],
  async run({ combell, known, sandbox, traffic }, show) {
    const { items, total } = await combell.accounts.list({ take: 1 });
    known.accountId ??= items[0]?.id;
    const most = sandbox ? Number.POSITIVE_INFINITY : LIVE_PAGES * TAKE;
    const before = traffic.requests;
    let pages = 0;
    /** @type {Set<number | undefined>} */
    const seen = new Set();
    const told = () => show.progress(`page ${pages}: ${count(seen.size, "account")} so far`);
    for await (const account of combell.accounts.list({ take: TAKE })) {
      // The first item of a page is the first after its request.
      if (traffic.requests - before > pages) {
        if (pages > 0) told();
        pages = traffic.requests - before;
      }
      seen.add(account.id);
      if (seen.size >= most) break;
    }
    if (pages > 0) told();

    const expected = Math.min(total ?? seen.size, most);
    expect(seen.size === expected, `the walk meets ${expected} accounts, not ${seen.size}`);
    if (sandbox) {
      expect(seen.size > 300, "there are several hundred accounts");
      expect(pages === Math.ceil(expected / TAKE), `${expected} accounts do not take ${pages} pages`);
    }
    return `${seen.size} of ${count(total ?? seen.size, "account")} in ${count(pages, "page")}`;
  },
};

/** @type {CombellStep} */
export const listDomains = {
  title: "List the domain names",
  code: ["const { items, total } = await combell.domains.list({ take: 5 });"],
  async run({ combell, known }, show) {
    const { items, total } = await combell.domains.list({ take: 5 });
    known.domainName ??= items[0]?.domain_name;
    show.table(
      items.map(({ domain_name, expiration_date, will_renew }) => [
        domain_name,
        `until ${expiration_date?.slice(0, 10)}`,
        will_renew ? "is renewed" : "",
      ]),
    );
    return `${items.length} of ${count(total ?? items.length, "domain name")}`;
  },
};
