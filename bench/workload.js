// The work that every client does: the same rows, the same 2 kB of body, the same answers but for what each
// provider wraps them in.

/** Where nothing listens: the stub answers before anything is sent. */
export const BASE_URL = "http://localhost:9";

/**
 * @typedef {{ [name: string]: string | number }} Row
 *
 * @typedef {object} Api What every client offers.
 * @property {() => Promise<unknown>} get a GET with four query parameters, answered with a list of one row
 * @property {(items?: string[]) => Promise<unknown>} post a POST with a JSON body, of 2 kB unless items are
 *   given, answered with one row
 * @property {(rows: number) => Promise<unknown>} list a GET answered with so many rows
 * @property {(size: number) => AsyncIterable<unknown>} [walk] all rows, page by page
 *
 * @typedef {object} Place where a list is cut into pages
 * @property {boolean} hasMore
 * @property {number} total
 *
 * @typedef {object} BenchClient A module of clients/.
 * @property {(fetch: typeof globalThis.fetch, baseUrl?: string) => Api} makeClient
 * @property {(rows: Row[], place?: Place) => unknown} [envelope] the answer to a list; the rows unless given
 * @property {(row: Row) => unknown} [single] the answer to a POST; the row unless given
 */

/** @param {number} count @returns {Row[]} */
export const rows = (count) => Array.from({ length: count }, (_, index) => row(index + 1));

/** @param {number} id @returns {Row} */
const row = (id) => ({
  id: `record-${id}`,
  type: "TXT",
  record_name: `host-${id}.example.com`,
  ttl: 3600,
  content: `v=bench; a text of the usual length for record ${id}`,
  priority: id % 100,
  service: "_sip",
  protocol: "TCP",
});

/** Addresses that make a body of 2 kB as JSON. */
export const ADDRESSES = Array.from({ length: 71 }, (_, index) => `colleague-${100 + index}@example.com`);

/** Headers that come with every answer. */
export const answerHeaders = (/** @type {number} */ total) => ({
  "content-type": "application/json",
  "x-paging-totalresults": String(total),
  location: "/v2/mailzones/example.com/aliases/team@example.com",
});

/** @typedef {"get" | "post" | "100 rows" | "10 000 rows"} Work */

/** What is called, and how many rows come back. @type {{ work: Work, count: number }[]} */
export const WORKS = [
  { work: "get", count: 1 },
  { work: "post", count: 1 },
  { work: "100 rows", count: 100 },
  { work: "10 000 rows", count: 10_000 },
];
