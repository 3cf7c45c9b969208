// What is printed and what is written: tables in Markdown, and goals with what became of them.

/**
 * @typedef {object} Section
 * @property {string} title
 * @property {string} about what is compared, and in which units
 * @property {string[]} columns
 * @property {(string | number)[][]} rows
 * @property {Goal[]} [goals]
 *
 * @typedef {object} Goal
 * @property {string} text
 * @property {string} found
 * @property {boolean} met
 */

/** A number with as many digits as say something. @param {number} value */
export function show(value) {
  if (!Number.isFinite(value)) return "—";
  if (Number.isInteger(value)) return grouped(String(value));
  const size = Math.abs(value);
  const digits = size >= 100 ? 0 : size >= 10 ? 1 : size >= 0.1 ? 2 : 3;
  return grouped(value.toFixed(digits));
}

/** Thousands apart, as in 10 000. @param {string} text */
const grouped = (text) => text.replace(/\B(?=(\d{3})+$)/g, " ");

/** @param {number} ratio */
export const times = (ratio) => (Number.isFinite(ratio) ? `${ratio.toFixed(2)} ×` : "—");

/** @param {number} part */
export const percent = (part) => (Number.isFinite(part) ? `${(part * 100).toFixed(0)} %` : "—");

/** @param {Section} section */
export function markdown({ title, about, columns, rows, goals = [] }) {
  const cells = [columns, ...rows.map((row) => row.map(String))];
  const widths = columns.map((_, column) => Math.max(...cells.map((row) => (row[column] ?? "").length), 3));
  const line = (/** @type {string[]} */ row) =>
    `| ${row.map((cell, column) => pad(cell, widths[column] ?? 0, column)).join(" | ")} |`;
  const rule = widths.map((width, column) =>
    column === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`,
  );
  const told = goals.map(
    ({ text, found, met }) => `- ${met ? "Met" : "**Not met**"}: ${text}. Found: ${found}.`,
  );
  const table = [line(columns), line(rule), ...cells.slice(1).map(line)].join("\n");
  return [`### ${title}`, about, table, ...(told.length > 0 ? [told.join("\n")] : [])].join("\n\n");
}

/** @param {string} cell @param {number} width @param {number} column */
const pad = (cell, width, column) => (column === 0 ? cell.padEnd(width) : cell.padStart(width));
