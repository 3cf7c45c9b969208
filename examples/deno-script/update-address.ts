// Dynamic DNS: makes a name in a zone at Combell lead to an IPv4 address.
//
//   deno task update <zone> <name> <address>
//
// It creates the A record where there is none, changes it where it has another address, and sends nothing but a
// question where it is right already. So it may run every few minutes.

import { Combell, HostwireError } from "hostwire/combell";

// A name that is not there yet is not asked for long, so an hour of caching would only be in the way.
const TTL_SECONDS = 300;

async function setAddress(combell: Combell, zone: string, name: string, address: string): Promise<string> {
  // Combell writes the zone itself as an empty name.
  const record_name = name === "@" ? "" : name.toLowerCase();

  // `for await` walks all pages of the list. The name is compared here as well: a record that the provider
  // lists beyond what was asked for must not be overwritten.
  const records = [];
  for await (const record of combell.dnsRecords.list({ domain_name: zone, type: "A", record_name })) {
    if (record.type === "A" && (record.record_name ?? "").toLowerCase() === record_name) records.push(record);
  }

  const [record] = records;
  if (!record?.id) {
    await combell.dnsRecords.create({
      domain_name: zone,
      type: "A",
      record_name,
      content: address,
      ttl: TTL_SECONDS,
    });
    return "created";
  }
  if (records.length > 1) {
    // Several addresses share the name, perhaps to spread the load. Which of them to change is not for us to say.
    throw new Error(`there are ${records.length} A records of this name; nothing was changed`);
  }
  if (record.content === address) return "unchanged";
  // An update replaces the whole record, so what is to stay as it is has to be sent too.
  await combell.dnsRecords.update({
    domain_name: zone,
    record_id: record.id,
    type: "A",
    record_name,
    content: address,
    ttl: record.ttl,
  });
  return `updated from ${record.content}`;
}

const [zone, name, address, ...rest] = Deno.args;
const apiKey = Deno.env.get("COMBELL_API_KEY");
const apiSecret = Deno.env.get("COMBELL_API_SECRET");

if (!zone || !name || !address || rest.length > 0) {
  console.error("Usage: deno task update <zone> <name> <address>, where the name @ is the zone itself");
  Deno.exit(2);
}
if (!apiKey || !apiSecret) {
  console.error("Set COMBELL_API_KEY and COMBELL_API_SECRET.");
  Deno.exit(2);
}

const combell = new Combell({
  apiKey,
  apiSecret,
  baseUrl: Deno.env.get("COMBELL_BASE_URL"), // where it is not set: Combell's own API
  allow: ["read", "write"], // this script deletes and orders nothing
});

try {
  console.log(`${name}.${zone} ${address}: ${await setAddress(combell, zone, name, address)}`);
} catch (error) {
  // hostwire's messages say what to do, and hold no secret.
  if (error instanceof HostwireError) console.error(`${error.name}: ${error.message}`);
  else console.error(error instanceof Error ? error.message : error);
  Deno.exit(1);
}
