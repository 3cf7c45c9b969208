// Runs works in whatever runtime it was put into, as often as it is told, one call after the other.

/**
 * @typedef {{ [name: string]: () => unknown }} Works what can be called; promises are awaited
 *
 * @typedef {object} Order
 * @property {string} work
 * @property {number} calls
 * @property {"time" | "bytes" | "memory" | "load"} [measure] what to tell: milliseconds unless it says otherwise
 * @property {number} [inFlight] how many calls at once, for load
 * @property {number} [ms] for how long at most, for load
 */

/** @param {Works} works @param {Order} order */
async function repeat(works, { work, calls }) {
  const call = works[work];
  if (!call) throw new Error(`There is no ${work} here`);
  const start = performance.now();
  for (let made = 0; made < calls; made++) await call();
  return performance.now() - start;
}

/**
 * Calls with so many in flight until the time is up or the number reached.
 *
 * @param {Works} works
 * @param {Order} order
 * @returns {Promise<[calls: number, ms: number]>}
 */
async function load(works, { work, calls, inFlight = 1, ms = 1_000 }) {
  const call = works[work];
  if (!call) throw new Error(`There is no ${work} here`);
  const start = performance.now();
  let made = 0;
  const lane = async () => {
    while (made < calls && performance.now() - start < ms) {
      made++;
      await call();
    }
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
  return [made, performance.now() - start];
}

/** @type {WebAssembly.Memory[]} */
const memories = [];

/** Notes what memory WebAssembly takes from here on. */
function watchWebAssembly() {
  const { instantiate } = WebAssembly;
  const note = (/** @type {WebAssembly.Instance} */ { exports }) => {
    for (const value of Object.values(exports)) if (value instanceof WebAssembly.Memory) memories.push(value);
  };
  const watched = async (/** @type {Parameters<typeof instantiate>} */ ...given) => {
    const made = await instantiate(...given);
    note(
      made instanceof WebAssembly.Instance
        ? made
        : /** @type {{ instance: WebAssembly.Instance }} */ (made).instance,
    );
    return made;
  };
  WebAssembly.instantiate = /** @type {typeof instantiate} */ (watched);
}

/** Bytes on the heap and beside it, without WebAssembly's. */
function heapBytes() {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external - wasmBytes();
}

const wasmBytes = () => memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);

const collect = () => /** @type {{ gc?: () => void }} */ (globalThis).gc?.();

/** Collections that happened since it was asked last; none is known of where it cannot be seen. */
let collections = 0;

function watchCollections() {
  try {
    new PerformanceObserver((list) => {
      collections += list.getEntries().length;
    }).observe({ entryTypes: ["gc"] });
  } catch {
    // Only Node tells.
  }
}

/**
 * @param {() => Works | Promise<Works>} setUp
 * @returns {(order: Order) => Promise<number[]>}
 */
export function makeAgent(setUp) {
  if (typeof process === "object" && typeof WebAssembly.instantiate === "function") {
    watchWebAssembly();
    watchCollections();
  }
  /** @type {Promise<Works> | undefined} */
  let works;
  return async (order) => {
    works ??= Promise.resolve(setUp());
    const present = await works;
    if (order.measure === "memory") {
      await repeat(present, order);
      // What finalizers hold is given back one turn later.
      for (let turn = 0; turn < 3; turn++) {
        collect();
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      return [heapBytes(), wasmBytes(), process.memoryUsage().rss];
    }
    if (order.measure === "load") {
      const [made, ms] = await load(present, order);
      return [made, ms, process.memoryUsage().rss];
    }
    if (order.measure === "bytes") {
      collect();
      await new Promise((resolve) => setTimeout(resolve, 20));
      collections = 0;
      // What is beside the heap comes and goes without a collection, and is Response's.
      const before = process.memoryUsage().heapUsed;
      await repeat(present, order);
      const after = process.memoryUsage().heapUsed;
      await new Promise((resolve) => setTimeout(resolve, 20));
      return [after - before, collections];
    }
    return [await repeat(present, order)];
  };
}
