// Rounds in which everybody has a turn, and what is made of them. Other programs on the machine slow whole rounds
// down, so that ratios are taken within rounds, and the median of those is told.

/** @param {number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return low === undefined || high === undefined ? Number.NaN : (low + high) / 2;
}

/** Half of the distance between the quartiles, as a part of the median. @param {number[]} values */
export function spread(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (/** @type {number} */ part) => sorted[Math.round((sorted.length - 1) * part)] ?? Number.NaN;
  return (at(0.75) - at(0.25)) / 2 / median(values);
}

/** @typedef {{ [name: string]: number[] }} Samples one value for each round */

/**
 * Gives everybody a turn in each round, and somebody else the first one in each.
 *
 * @param {string[]} names
 * @param {number} rounds
 * @param {(name: string) => Promise<number>} measure
 * @returns {Promise<Samples>}
 */
export async function interleave(names, rounds, measure) {
  /** @type {Samples} */
  const samples = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < names.length; turn++) {
      const name = names[(round + turn) % names.length] ?? "";
      samples[name]?.push(await measure(name));
    }
  }
  return samples;
}

/**
 * The median, over the rounds, of something made of what each had in a round.
 *
 * @param {Samples} samples
 * @param {string[]} names
 * @param {(...values: number[]) => number} combine
 */
export function inRounds(samples, names, combine) {
  const columns = names.map((name) => samples[name] ?? []);
  const count = Math.min(...columns.map(({ length }) => length));
  return median(
    Array.from({ length: count }, (_, round) =>
      combine(...columns.map((column) => column[round] ?? Number.NaN)),
    ),
  );
}

/** How much one takes of what another takes. @param {Samples} samples @param {string} name @param {string} base */
export const ratio = (samples, name, base) => inRounds(samples, [name, base], (a, b) => a / b);

/**
 * How much a value grows by for each step: the slope of the line through the points, by least squares.
 *
 * @param {[x: number, y: number][]} points
 */
export function slope(points) {
  const mean = (/** @type {0 | 1} */ axis) =>
    points.reduce((sum, point) => sum + point[axis], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const over = points.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0);
  return over / points.reduce((sum, point) => sum + (point[0] - x) ** 2, 0);
}
