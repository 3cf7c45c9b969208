import { Combell, type DnsRecord } from "hostwire/combell";
import { RefusedError } from "./refused.js";
import type { Env } from "./worker.js";

/** A record as Combell names its parts: `record_name` goes without the zone, and is empty for the zone itself. */
export interface WantedRecord {
  type: string;
  record_name: string;
  content: string;
}

/** Letters, digits, hyphens and underscores between dots. */
const HOST_NAME = /^(?!.{254})[a-z0-9_]([a-z0-9_-]{0,62})?(\.[a-z0-9_]([a-z0-9_-]{0,62})?)+$/;

/**
 * Reads the body and holds it against what this Worker may touch. Whoever has the webhook's secret can set
 * records in one zone, of the listed types, and nothing else.
 */
export function readRecord(body: Uint8Array, { ZONE, TYPES }: Env): WantedRecord {
  const { name, type, content } = parse(body);
  if (typeof name !== "string" || typeof type !== "string" || typeof content !== "string" || !content) {
    throw new RefusedError(400, "The body has to be JSON with the texts name, type and content.");
  }
  const host = name.toLowerCase();
  const zone = ZONE.toLowerCase();
  if (!HOST_NAME.test(host)) throw new RefusedError(400, "The name is not a host name.");
  // With the dot: evil-example.com ends in example.com too.
  if (host !== zone && !host.endsWith(`.${zone}`))
    throw new RefusedError(403, "The name is not in the zone.");
  if (!TYPES.split(",").includes(type)) throw new RefusedError(403, "Records of this type are not set here.");
  return { type, record_name: host.slice(0, -zone.length).replace(/\.$/, ""), content };
}

function parse(body: Uint8Array): { [name: string]: unknown } {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(body));
    return { ...(typeof value === "object" ? value : {}) };
  } catch {
    throw new RefusedError(400, "The body is not JSON.");
  }
}

/** Makes the zone have the record. Says what it took, so that a second time it says "unchanged". */
export async function setRecord(
  wanted: WantedRecord,
  env: Env,
): Promise<"created" | "updated" | "unchanged"> {
  const combell = new Combell({
    apiKey: env.COMBELL_API_KEY,
    apiSecret: env.COMBELL_API_SECRET,
    baseUrl: env.COMBELL_BASE_URL,
    // A client that cannot delete or order anything, whatever happens.
    allow: ["read", "write"],
    // The sender waits for the answer, and tries again by itself.
    timeoutMs: 8_000,
    maxRetries: 1,
  });
  const domain_name = env.ZONE;
  const { type, record_name } = wanted;

  // The filters only spare us the other records; which record it is, is decided here.
  const found: DnsRecord[] = [];
  for await (const record of combell.dnsRecords.list({ domain_name, type, record_name })) {
    if (record.type === type && (record.record_name ?? "").toLowerCase() === record_name) found.push(record);
  }
  if (found.length > 1) throw new RefusedError(409, "There are several records of this name and type.");

  const [record] = found;
  if (!record?.id) {
    await combell.dnsRecords.create({ domain_name, ...wanted });
    return "created";
  }
  if (record.content === wanted.content) return "unchanged";
  // An update replaces the whole record, so the time to live is sent again, not to lose it.
  await combell.dnsRecords.update({ domain_name, record_id: record.id, ...wanted, ttl: record.ttl });
  return "updated";
}
