import { Combell } from "hostwire/combell";
import { operations } from "hostwire/combell/operations";
import { fullName, numberOf, RECORD_FIELD, recordFields } from "../dns.js";

/** @param {import("../types.js").Item} item */
const nameOf = ({ ref }) => ({ domain_name: String(ref.domain_name) });

/** @type {import("../types.js").Provider<Combell>} */
export const provider = {
  name: "combell",
  label: "Combell",
  short: "Cb",
  hue: 255,
  addresses: ["https://api.combell.com", "https://api.combell.nl"],
  credentials: [
    { name: "apiKey", label: "API key", secret: true },
    { name: "apiSecret", label: "API secret", secret: true },
  ],
  operations,
  connect: ({ apiKey = "", apiSecret = "" }, options) => new Combell({ ...options, apiKey, apiSecret }),
  connectByProxy: (options) => new Combell(options),

  lists: {
    async domains(client, signal) {
      /** @type {import("../types.js").Item[]} */
      const items = [];
      for await (const { domain_name, expiration_date } of client.domains.list({ take: 100 }, { signal })) {
        if (!domain_name) continue;
        const detail = expiration_date ? `registered until ${expiration_date.slice(0, 10)}` : undefined;
        items.push({
          key: `domain:${domain_name}`,
          kind: "domain",
          name: domain_name,
          detail,
          ips: [],
          ref: { domain_name },
        });
      }
      return items;
    },
  },

  actions: [
    {
      name: "addRecord",
      label: "Add a DNS record",
      icon: "plus",
      operation: "dnsRecords.create",
      kinds: ["domain"],
      fields: recordFields({
        type: "type",
        name: "record_name",
        content: "content",
        priority: "priority",
        ttl: "ttl",
      }),
      async run(client, item, { type, name, content, priority, ttl }, signal) {
        const numbers = { ttl: numberOf(ttl), priority: numberOf(priority) };
        const record = { type, record_name: name, content, ...numbers };
        await client.dnsRecords.create({ ...nameOf(item), ...record }, { signal });
        return { says: `${fullName(name, item.name)} has a new ${type} record.` };
      },
    },
    {
      name: "deleteRecord",
      label: "Delete a DNS record",
      icon: "trash",
      operation: "dnsRecords.delete",
      kinds: ["domain"],
      consequence: "The record is deleted; whoever looks it up gets no answer any more.",
      fields: [RECORD_FIELD],
      async choices(client, item) {
        /** @type {import("../types.js").Choice[]} */
        const choices = [];
        for await (const { id, type, record_name, content } of client.dnsRecords.list({
          ...nameOf(item),
          take: 100,
        })) {
          const label = `${type} ${fullName(record_name, item.name)} ${content ?? ""}`;
          if (id) choices.push({ value: id, label });
        }
        return choices;
      },
      async run(client, item, { record = "" }, signal) {
        await client.dnsRecords.delete({ ...nameOf(item), record_id: record }, { signal });
        return { says: `The record of ${item.name} is deleted.` };
      },
    },
  ],
};
