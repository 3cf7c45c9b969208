// What the agents run: a client with a fetch that answers at once, or a way to sign.

import { answerHeaders, rows, WORKS } from "./workload.js";

const asItIs = (/** @type {unknown} */ value) => value;

/**
 * The calls of a client, answered in the process.
 *
 * @param {import("./workload.js").BenchClient} client
 * @returns {import("./agents/agent.js").Works}
 */
export function callsOf({ makeClient, envelope = asItIs, single = asItIs }) {
  let text = "";
  /** @type {ResponseInit} */
  let init = {};
  const api = makeClient(async () => new Response(text, init));
  const entries = WORKS.map(({ work, count }) => {
    const answer = rows(count);
    const body = JSON.stringify(work === "post" ? single(answer[0] ?? {}) : envelope(answer));
    const answerInit = { status: work === "post" ? 201 : 200, headers: answerHeaders(count) };
    const call = work === "get" ? api.get : work === "post" ? api.post : () => api.list(count);
    return [
      work,
      () => {
        text = body;
        init = answerInit;
        return call();
      },
    ];
  });
  return Object.fromEntries(entries);
}

/**
 * Calls over the network, and a walk over all pages.
 *
 * @param {import("./workload.js").BenchClient} client
 * @param {string} url
 * @returns {import("./agents/agent.js").Works}
 */
export function liveCallsOf({ makeClient }, url) {
  const api = makeClient(globalThis.fetch.bind(globalThis), url);
  const walkOf = (/** @type {number} */ size, /** @type {number} */ total) => async () => {
    let seen = 0;
    for await (const _ of api.walk?.(size) ?? []) seen++;
    if (seen !== total) throw new Error(`the walk saw ${seen} rows of ${total}`);
  };
  const walks = WALKS.map(({ name, size, total }) => [name, walkOf(size, total)]);
  return { get: api.get, ...Object.fromEntries(walks) };
}

/** Walks of ever more rows, in pages of a thousand. */
export const WALKS = [1_000, 10_000, 100_000].map((total) => ({
  name: `walk of ${total}`,
  size: 1_000,
  total,
}));

/** How many clients are alive at once. */
export const CLIENT_COUNTS = [1, 10, 100, 1_000, 10_000];

/**
 * Many clients that stay, each of which makes a call.
 *
 * @param {import("./workload.js").BenchClient} client
 * @returns {import("./agents/agent.js").Works}
 */
export function crowdOf({ makeClient, envelope = asItIs }) {
  const text = JSON.stringify(envelope(rows(1)));
  const init = { headers: answerHeaders(1) };
  const fetch = async () => new Response(text, init);
  /** @type {import("./workload.js").Api[]} */
  let held = [];
  const crowds = CLIENT_COUNTS.map((count) => [
    `${count} clients`,
    async () => {
      held = Array.from({ length: count }, () => makeClient(fetch));
      for (const api of held) await api.get();
    },
  ]);
  return { ...Object.fromEntries(crowds), none: () => held.splice(0) };
}

/** How many rows an answer has, or a body. */
export const ROW_COUNTS = [1, 10, 100, 1_000, 10_000, 100_000];
export const ITEM_COUNTS = [1, 10, 100, 1_000, 10_000];

/**
 * Calls with ever more in the answer and in the body.
 *
 * @param {import("./workload.js").BenchClient} client
 * @returns {import("./agents/agent.js").Works}
 */
export function growingCallsOf({ makeClient, envelope = asItIs, single = asItIs }) {
  let text = "";
  const init = { headers: answerHeaders(1) };
  const api = makeClient(async () => new Response(text, init));
  /** @type {import("./agents/agent.js").Works} */
  const works = {};
  for (const count of ROW_COUNTS) {
    /** @type {string | undefined} */
    let body;
    works[`${count} rows`] = () => {
      body ??= JSON.stringify(envelope(rows(count)));
      text = body;
      return api.list(count);
    };
  }
  const answer = JSON.stringify(single(rows(1)[0] ?? {}));
  for (const count of ITEM_COUNTS) {
    const items = Array.from({ length: count }, (_, index) => `colleague-${100_000 + index}@example.com`);
    works[`${count} items`] = () => {
      text = answer;
      return api.post(items);
    };
  }
  return works;
}

/** JSON.parse of the rows, and nothing else. @returns {import("./agents/agent.js").Works} */
export function parsing() {
  const texts = WORKS.map(({ work, count }) => /** @type {const} */ ([work, JSON.stringify(rows(count))]));
  return Object.fromEntries(texts.map(([work, text]) => [work, () => JSON.parse(text)]));
}

/**
 * @typedef {object} ToSign
 * @property {string} method
 * @property {string} path
 * @property {string} [body]
 *
 * @typedef {object} BenchSigner A module of signers/.
 * @property {() => Sign | Promise<Sign>} makeSigner
 *
 * @typedef {(request: ToSign) => string | Promise<string>} Sign gives the signature
 */

export const SIGN_KEY = "bench-key";
export const SIGN_SECRET = "bench-secret";

/** What is signed: the text of the first is 250 bytes long, the others have a body. */
export const TO_SIGN = /** @type {const} */ ({
  "GET, 250 bytes": {
    method: "GET",
    path: `/v2/accounts?identifier=${"example".repeat(16)}.com&skip=0&take=25`,
  },
  "POST, 2 kB": { method: "POST", path: "/v2/mailzones/example.com/aliases", body: "a".repeat(2048) },
  "POST, 256 kB": { method: "POST", path: "/v2/mailzones/example.com/aliases", body: "a".repeat(262_144) },
});

/** @param {BenchSigner} signer @returns {Promise<import("./agents/agent.js").Works>} */
export async function signaturesOf({ makeSigner }) {
  const sign = await makeSigner();
  return Object.fromEntries(Object.entries(TO_SIGN).map(([name, request]) => [name, () => sign(request)]));
}
