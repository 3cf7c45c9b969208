// Combell signatures, without anything being sent.

import { RUNTIMES, signerSubject, startAgents } from "../runtimes.js";
import { inRounds, median, ratio } from "../stats.js";
import { TO_SIGN } from "../subjects.js";
import { show, times } from "../tables.js";
import { timeWork } from "../timing.js";

/** What runs where. @type {{ [signer: string]: import("../runtimes.js").Runtime[] }} */
const SIGNERS = {
  hostwire: RUNTIMES,
  "hostwire-prepare": RUNTIMES,
  "node-crypto": ["Node", "Deno", "Bun"],
  webcrypto: RUNTIMES,
  // It compiles its WebAssembly from text, which Workers forbid.
  "hash-wasm": ["Node", "Deno", "Bun", "Chromium"],
  noble: RUNTIMES,
};

/** @typedef {{ [work: string]: import("../stats.js").Samples }} Found */

/** @param {import("../index.js").Options} options @returns {Promise<import("../tables.js").Section[]>} */
export async function run(options) {
  /** @type {import("../tables.js").Section[]} */
  const sections = [];
  for (const runtime of RUNTIMES) {
    options.say(`signatures in ${runtime}`);
    const names = Object.keys(SIGNERS).filter((name) => SIGNERS[name]?.includes(runtime));
    const agents = await startAgents(runtime, names.map(signerSubject));
    /** @type {Found} */
    const found = {};
    try {
      for (const work of Object.keys(TO_SIGN)) found[work] = await timeWork(agents, work, options);
    } finally {
      await agents.close();
    }
    sections.push({
      title: `Signatures in ${runtime}`,
      about:
        "Whole Combell signatures per second, in brackets how many times as fast as signCombell: nonce and time, " +
        "MD5 of the body, the text, HMAC-SHA256, base64. hostwire is `signCombell`, hostwire-prepare a client's " +
        "`prepare`, which also checks params, writes the request and makes a `Request`. The others sign a text of " +
        "the same parts, their key made ready once. WebCrypto has MD5 in workerd only, elsewhere @noble/hashes " +
        "does that part.",
      columns: ["", ...Object.keys(TO_SIGN)],
      rows: Object.keys(SIGNERS).map((name) => [
        name,
        ...Object.values(found).map((samples) => {
          const micros = median(samples[name] ?? []);
          return Number.isNaN(micros)
            ? "—"
            : `${show(1e6 / micros)} (${times(ratio(samples, "hostwire", name))})`;
        }),
      ]),
      goals: goalsIn(runtime, found),
    });
  }
  return sections;
}

/** @param {import("../runtimes.js").Runtime} runtime @param {Found} found */
function goalsIn(runtime, found) {
  /** @type {import("../tables.js").Goal[]} */
  const goals = [];
  /** @param {string} name @param {number} least @param {string} text @param {string[]} works */
  const faster = (name, least, text, works = Object.keys(TO_SIGN)) => {
    for (const work of works) {
      // How many times as fast as the other.
      const speed = inRounds(found[work] ?? {}, ["hostwire", name], (own, other) => other / own);
      if (Number.isNaN(speed)) continue;
      goals.push({
        text: `in ${runtime}, ${work}: ${text}`,
        found: `${speed.toFixed(2)} × as fast`,
        met: speed >= least,
      });
    }
  };
  faster("hash-wasm", 1, "faster than hash-wasm");
  faster("noble", 1, "faster than @noble/hashes");
  if (runtime === "Node") {
    faster("webcrypto", 10, "at least 10 × WebCrypto", ["GET, 250 bytes"]);
    faster("node-crypto", 1, "no slower than node:crypto", ["GET, 250 bytes"]);
  }
  faster("webcrypto", 0.5, "not slower than half of WebCrypto", ["POST, 256 kB"]);
  return goals;
}
