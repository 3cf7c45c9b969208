// The form for a DNS record, which the providers have in common.

/** @typedef {import("./types.js").Field} Field */

const TYPES = ["A", "AAAA", "CNAME", "MX", "TXT"].map((type) => ({ value: type, label: type }));

/**
 * @param {{ name: string, content: string, priority: string, ttl: string, type: string }} paths where hostwire
 *   finds fault with them
 * @returns {Field[]}
 */
export const recordFields = (paths) => [
  { name: "type", label: "Type", path: paths.type, choices: TYPES },
  { name: "name", label: "Name", path: paths.name, hint: "www; empty for the domain itself", optional: true },
  { name: "content", label: "Value", path: paths.content, hint: "192.0.2.1 for an A record" },
  {
    name: "priority",
    label: "Priority",
    path: paths.priority,
    initial: "10",
    when: { field: "type", is: ["MX"] },
  },
  { name: "ttl", label: "TTL in seconds", path: paths.ttl, initial: "3600" },
];

/**
 * What is no number stays none, so that hostwire finds fault with it.
 *
 * @param {string | undefined} text
 */
export const numberOf = (text) => (text === undefined || text.trim() === "" ? undefined : Number(text));

/**
 * @param {string | undefined} name
 * @param {string} domain
 */
export const fullName = (name, domain) =>
  name === undefined || name === "" || name === "@" ? domain : `${name}.${domain}`;

/** Takes the place of a record's identity in a form; nothing else is needed to delete it. */
export const RECORD_FIELD = /** @type {Field} */ ({ name: "record", label: "Record", choices: "asked" });
