// What handlers give back, and what they throw.

/**
 * @typedef {object} Answer
 * @property {number} status
 * @property {Record<string, string>} [headers]
 * @property {unknown} [json] the body, where it is JSON
 * @property {string} [written] `json` as it goes out, where a provider does not write it as JSON is written
 * @property {Buffer} [bytes] the body, where it is anything else
 * @property {string} [contentType] goes with `bytes`
 * @property {string} [schema] pointer of the schema that `json` has to fit, where the operation's response
 *   does not name it (a failure that a provider wraps in a 200)
 * @property {boolean} [unchecked] not held against the spec: an answer that is wrong on purpose
 *
 * @typedef {object} Fault One thing wrong with a request.
 * @property {string} code
 * @property {string} text
 * @property {string} [field] the parameter or the place in the body, where one is at fault: `disks.0`
 *
 * @typedef {object} Reply An answer as it goes out.
 * @property {number} status
 * @property {Record<string, string | null>} headers lowercase names; null: not sent, though every answer has it
 * @property {Buffer} body
 */

/** A request that is not carried out. The provider turns it into an answer of its own shape. */
export class Refusal extends Error {
  /**
   * @param {number} status
   * @param {string} code
   * @param {string} text
   * @param {{ faults?: Fault[], headers?: Record<string, string> }} [more]
   */
  constructor(status, code, text, { faults = [], headers = {} } = {}) {
    super(text);
    this.name = "Refusal";
    this.status = status;
    this.code = code;
    this.faults = faults;
    this.headers = headers;
  }
}

/** @param {Fault[]} faults */
export const invalid = (faults) =>
  new Refusal(400, "invalid_request", "The request is not valid.", { faults });

/**
 * Throws a refusal with every condition that does not hold.
 *
 * @param {...[holds: boolean, code: string, text: string]} conditions
 */
export function demand(...conditions) {
  const faults = conditions.filter(([holds]) => !holds).map(([, code, text]) => ({ code, text }));
  if (faults.length > 0) throw invalid(faults);
}

/**
 * @param {unknown} json
 * @param {Record<string, string>} [headers]
 * @returns {Answer}
 */
export const ok = (json, headers) => ({ status: 200, json, headers });

/**
 * @param {string} location
 * @returns {Answer}
 */
export const created = (location) => ({ status: 201, headers: { location } });

/**
 * @param {string} [location]
 * @returns {Answer}
 */
export const accepted = (location) => ({ status: 202, headers: location ? { location } : {} });

/** @returns {Answer} */
export const noContent = () => ({ status: 204 });

/**
 * Percent-encodes path segments, but for the @ of an e-mail address, which may stand as it is.
 *
 * @param {...string} segments
 */
export const pathOf = (...segments) =>
  segments.map((segment) => `/${encodeURIComponent(segment).replaceAll("%40", "@")}`).join("");

/**
 * @param {Answer} answer
 * @returns {Reply}
 */
export function render(answer) {
  const headers = Object.fromEntries(
    Object.entries(answer.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
  );
  if (answer.json !== undefined) {
    headers["content-type"] = "application/json; charset=utf-8";
    return {
      status: answer.status,
      headers,
      body: Buffer.from(answer.written ?? JSON.stringify(answer.json)),
    };
  }
  if (answer.bytes && answer.contentType) headers["content-type"] = answer.contentType;
  return { status: answer.status, headers, body: answer.bytes ?? Buffer.alloc(0) };
}
