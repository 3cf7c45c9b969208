// What the steps of every tour have in common.

import { expect } from "./expect.js";
import { count, duration, size } from "./output.js";

/** @typedef {import("./output.js").Output} Output */

/**
 * @template Context what the tour's steps share
 * @typedef {object} StepOf
 * @property {string} title
 * @property {string[]} code what a user writes
 * @property {(context: Context, show: Output) => Promise<string>} run gives what came of it, in a few words
 */

/**
 * @template Context
 * @typedef {{ title: string, steps: StepOf<Context>[] }} ChapterOf
 */

/** Jobs of the sandbox get on with each question, so there is no reason to wait long between them. */
const INTERVAL_MS = 150;

/** Providers advise to wait longer, for work that takes minutes; what only reads is done sooner. */
const LIVE_INTERVAL_MS = 2000;

/**
 * @template Context
 * @param {ChapterOf<Context>[]} chapters
 * @param {Context} context
 * @returns {import("./tour.js").Chapter[]}
 */
export const withContext = (chapters, context) =>
  chapters.map(({ title, steps }) => ({
    title,
    steps: steps.map((step) => ({ ...step, run: (show) => step.run(context, show) })),
  }));

/**
 * Options of `wait` that show how the work gets on.
 *
 * @template Answer
 * @param {Output} show
 * @param {(answer: Answer) => string} describe
 * @param {boolean} [isSandbox]
 */
export const followed = (show, describe, isSandbox = true) => ({
  intervalMs: isSandbox ? INTERVAL_MS : LIVE_INTERVAL_MS,
  timeoutMs: 60_000,
  /** @param {{ answer: Answer, polls: number, elapsedMs: number }} progress */
  onProgress: ({ answer, polls, elapsedMs }) =>
    show.progress(`${describe(answer)}, asked ${polls}x, ${duration(elapsedMs)}`),
});

/**
 * @param {Output} show
 * @param {Error} error
 * @param {Parameters<Output["fields"]>[0]} values
 */
export function showError(show, error, values) {
  show.line(`     ${error.name}`);
  show.fields(values, { indent: 7 });
}

/**
 * @param {Output} show
 * @param {Error & { issues: { path: string, message: string }[] }} error
 */
export const showIssues = (show, error) =>
  showError(show, error, Object.fromEntries(error.issues.map(({ path, message }) => [path, message])));

/**
 * @param {Output} show
 * @param {{ bytes: Uint8Array, contentType: string, filename?: string }} file
 */
export function showPdf(show, { bytes, contentType, filename }) {
  const text = Buffer.from(bytes).toString("latin1");
  // Its last bytes are there only where it has come whole.
  expect(text.startsWith("%PDF-") && text.trimEnd().endsWith("%%EOF"), "a whole PDF arrives");
  show.fields({
    "file.filename": filename,
    "file.contentType": contentType,
    "file.bytes": size(bytes.length),
  });
  return `${filename ?? "The PDF"}, ${count(bytes.length, "byte")}`;
}

/** Somebody may have thousands of things, and a rate limit. */
const LIVE_ITEMS = 200;

/**
 * Walks a list to its end, or far enough where it is somebody's.
 *
 * @template Item
 * @param {() => AsyncIterable<Item>} list
 * @param {(item: Item) => unknown} idOf
 * @param {{ show: Output, traffic: import("./tour.js").Traffic, operation: string, isSandbox: boolean }} more
 */
export async function walkAll(list, idOf, { show, traffic, operation, isSandbox }) {
  const requests = () => traffic.operations.get(operation) ?? 0;
  const before = requests();
  let pages = 0;
  let items = 0;
  /** @type {Set<unknown>} */
  const seen = new Set();
  const told = () => show.progress(`page ${pages}: ${count(items, "item")} so far`);
  for await (const item of list()) {
    // The first item of a page is the first after its request.
    if (requests() - before > pages) {
      if (pages > 0) told();
      pages = requests() - before;
    }
    items += 1;
    seen.add(idOf(item));
    if (!isSandbox && items >= LIVE_ITEMS) break;
  }
  if (pages > 0) told();
  expect(seen.size === items, "the walk meets nothing twice");
  return { items, pages: requests() - before };
}
