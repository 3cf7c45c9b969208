// The matrix as text.

/**
 * @typedef {object} Line
 * @property {string} name
 * @property {number} passed
 * @property {number} total
 * @property {number | undefined} bytes
 * @property {number} seconds
 */

/** @param {Line[]} lines */
export function table(lines) {
  const rows = lines.map(({ name, passed, total, bytes, seconds }) => [
    name,
    passed === total ? `all ${total} calls` : `${total - passed} of ${total} FAILED`,
    bytes === undefined ? "" : `${(bytes / 1000).toFixed(1)} kB`,
    `${seconds.toFixed(1)} s`,
  ]);
  const all = [["Environment", "Result", "Bundle, gzip", "Time"], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
