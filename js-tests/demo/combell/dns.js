import { expect, present } from "../expect.js";
import { count } from "../output.js";

/** @typedef {import("./context.js").CombellStep} CombellStep */

const ADDED = { type: "A", record_name: "shop", content: "192.0.2.20", ttl: 3600 };
const CHANGED = { ...ADDED, content: "192.0.2.21", ttl: 600 };

/** Somebody's zone may be long. */
const SHOWN = 8;

/** @type {CombellStep} */
export const listRecords = {
  title: "List the DNS records of a domain name",
  code: ["const { items, total } = await combell.dnsRecords.list({ domain_name });"],
  async run({ combell, hostwire, known, sandbox }, show) {
    const domain_name = known.domainName;
    if (domain_name === undefined && !sandbox) return "There is no domain name to look at";
    try {
      const { items, total } = await combell.dnsRecords.list({
        domain_name: present(domain_name, "a domain name"),
      });
      expect(!sandbox || items.length > 0, "a new zone has records");
      showRecords(show, items.slice(0, SHOWN));
      known.recordCount = total ?? items.length;
      const rest = items.length > SHOWN ? `, the first ${SHOWN} shown` : "";
      return `${count(known.recordCount, "record")} of ${domain_name}${rest}`;
    } catch (error) {
      // Somebody's domain name may have its DNS elsewhere.
      if (!sandbox && error instanceof hostwire.NotFoundError) return `${domain_name} has no DNS here`;
      throw error;
    }
  },
};

/** @type {CombellStep} */
export const addRecord = {
  title: "Add one",
  code: [
    "const created = await combell.dnsRecords.create({",
    '  domain_name, type: "A", record_name: "shop", content: "192.0.2.20", ttl: 3600,',
    "});",
  ],
  async run({ combell, known }, show) {
    const domain_name = present(known.domainName, "a domain name");
    const created = await combell.dnsRecords.create({ domain_name, ...ADDED });
    // Combell does not promise to say it.
    const { id, location } = present(created, "where the record is");
    known.recordId = id;
    show.fields({ id, location });
    return `Record ${id} is there`;
  },
};

/** @type {CombellStep} */
export const changeRecord = {
  title: "Change it, and find it by its type and name",
  code: [
    "await combell.dnsRecords.update({",
    '  domain_name, record_id: id, type: "A", record_name: "shop", content: "192.0.2.21", ttl: 600,',
    "});",
    'const { items } = await combell.dnsRecords.list({ domain_name, type: "A", record_name: "shop" });',
  ],
  async run({ combell, known }, show) {
    const domain_name = present(known.domainName, "a domain name");
    const record_id = present(known.recordId, "the id of the record");
    await combell.dnsRecords.update({ domain_name, record_id, ...CHANGED });
    const { type, record_name, content } = CHANGED;
    const { items } = await combell.dnsRecords.list({ domain_name, type, record_name });
    const [found] = items;
    expect(items.length === 1 && found?.id === record_id, "the record is found by its type and name");
    expect(found.content === content, `the record says ${content} now`);
    showRecords(show, items);
    return `It says ${found.content} now`;
  },
};

/** @type {CombellStep} */
export const deleteRecord = {
  title: "Delete it",
  code: [
    "await combell.dnsRecords.delete({ domain_name, record_id: id });",
    "const { items, total } = await combell.dnsRecords.list({ domain_name });",
  ],
  async run({ combell, known }) {
    const domain_name = present(known.domainName, "a domain name");
    const record_id = present(known.recordId, "the id of the record");
    await combell.dnsRecords.delete({ domain_name, record_id });
    const { items, total } = await combell.dnsRecords.list({ domain_name });
    expect(
      items.every(({ id }) => id !== record_id),
      `record ${record_id} is gone`,
    );
    expect(total === known.recordCount, `there are ${known.recordCount} records as before, not ${total}`);
    return `Record ${record_id} is gone, and the other ${total} are there`;
  },
};

/**
 * @param {import("./context.js").Output} show
 * @param {import("../../../pkg/providers/combell.js").DnsRecord[]} records
 */
const showRecords = (show, records) =>
  show.table(
    records.map(({ id, type, record_name, ttl, content }) => [id, type, record_name || "@", ttl, content]),
  );
