/**
 * Names of types: no two alike in a file, and none that hides what the file itself uses.
 */

/** What every file imports from types.ts. */
export const IMPORTED = [
  "Call",
  "CallOptions",
  "ClientOptions",
  "ProxyTarget",
  "FileAnswer",
  "JobCall",
  "Page",
  "PagedCall",
  "Place",
  "RequestDescription",
  "WaitOptions",
];

/** Global types that the files use. */
const GLOBALS = ["Omit", "Pick", "Promise", "Readonly", "Record", "Request"];

/** `dnsRecords.create` as `DnsRecordsCreate`. */
export const pascalCase = (/** @type {string} */ name) =>
  name
    .split(/[.-]/)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join("");

export class Names {
  /** @type {Set<string>} */
  #taken = new Set([...IMPORTED, ...GLOBALS]);

  /**
   * Takes the first of the names that is free.
   * @param {string[]} wanted in order of preference
   * @returns {string}
   */
  take(...wanted) {
    const free = wanted.find((name) => !this.#taken.has(name));
    if (!free) throw new Error(`no free name for a type: ${wanted.join(" and ")} are taken`);
    this.#taken.add(free);
    return free;
  }
}
