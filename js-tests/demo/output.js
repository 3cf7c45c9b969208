// How the demo looks: calm and aligned, with a little colour where someone is watching.

/**
 * @typedef {object} Screen What is needed of a stream.
 * @property {(text: string) => unknown} write
 * @property {boolean} [isTTY]
 * @property {number} [columns] 0 where a terminal does not tell
 *
 * @typedef {keyof typeof STYLES} Style
 *
 * @typedef {string | number | boolean | null | undefined} Cell
 *
 * @typedef {ReturnType<typeof createOutput>} Output
 */

/** How each begins and ends. node:util has this too, but asks the process's own streams whether it may. */
const STYLES = { bold: [1, 22], dim: [2, 22], red: [31, 39], green: [32, 39], cyan: [36, 39] };

const WIDTH = 96;
const INDENT = 5;

/**
 * @param {Screen} screen
 * @param {Record<string, string | undefined>} env
 */
export function createOutput(screen, env) {
  const redraws = screen.isTTY === true && env.TERM !== "dumb";
  const isPlain = !redraws || Boolean(env.NO_COLOR);
  const width = redraws ? Math.min(WIDTH, Math.max(40, (screen.columns || WIDTH) - 1)) : WIDTH;
  let isDrawn = false;

  /**
   * @param {Style} style
   * @param {string} text
   */
  function paint(style, text) {
    const [begin, end] = STYLES[style];
    return isPlain || text === "" ? text : `\x1b[${begin}m${text}\x1b[${end}m`;
  }

  /** @param {string} text */
  function line(text = "") {
    screen.write(`${isDrawn ? "\r\x1b[2K" : ""}${text}\n`);
    isDrawn = false;
  }

  /**
   * Something that is under way: a terminal shows only the latest, a pipe all of them.
   *
   * @param {string} text
   * @param {number} [indent]
   */
  function progress(text, indent = INDENT) {
    const drawn = `${" ".repeat(indent)}${visible(text)}`;
    if (!redraws) return line(drawn);
    screen.write(`\r\x1b[2K${paint("dim", drawn.slice(0, width))}`);
    isDrawn = true;
  }

  /**
   * Columns as wide as what is in them, cut off where the screen ends.
   *
   * @param {Cell[][]} rows
   * @param {number} [indent]
   */
  function table(rows, indent = INDENT) {
    const texts = rows.map((row) => row.map((cell) => visible(String(cell ?? ""))));
    /** @type {number[]} */
    const widths = [];
    for (const row of texts) {
      for (const [index, text] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, text.length);
    }
    for (const row of texts) {
      const padded = row.map((text, index) => text.padEnd(widths[index] ?? 0));
      const drawn = `${" ".repeat(indent)}${padded.join("   ")}`.trimEnd();
      line(drawn.length > width ? `${drawn.slice(0, width - 1)}…` : drawn);
    }
  }

  /**
   * Labels and what belongs to them; long values go on below.
   *
   * @param {Record<string, Cell>} values
   * @param {{ indent?: number, labels?: number }} [look] how far in, and how wide the labels are at least
   */
  function fields(values, { indent = INDENT, labels = 0 } = {}) {
    const room = Math.max(labels, ...Object.keys(values).map((label) => label.length)) + 3;
    for (const [label, value] of Object.entries(values)) {
      const [first, ...rest] = wrap(visible(String(value)), width - indent - room);
      line(`${" ".repeat(indent)}${paint("dim", label.padEnd(room))}${first}`);
      for (const more of rest) line(" ".repeat(indent + room) + more);
    }
  }

  /**
   * What a user writes.
   *
   * @param {string[]} lines
   * @param {number} [indent]
   */
  function code(lines, indent = INDENT) {
    for (const text of lines) line(`${" ".repeat(indent)}${paint("dim", ">")} ${paint("cyan", text)}`);
  }

  return {
    line,
    progress,
    table,
    fields,
    code,

    /** @param {string} text */
    section(text) {
      line();
      line(`${paint("bold", text)} ${paint("dim", "─".repeat(Math.max(0, width - text.length - 1)))}`);
      line();
    },

    /** @param {string} text */
    title(text) {
      line();
      line(paint("bold", text));
      line();
    },

    /**
     * @param {number} number
     * @param {string} text
     */
    step(number, text) {
      line(`${String(number).padStart(INDENT - 2)}  ${paint("bold", text)}`);
    },

    /**
     * @param {string} text
     * @param {string} aside
     */
    success(text, aside) {
      const said = visible(text);
      const gap = " ".repeat(Math.max(3, width - INDENT - 2 - said.length - aside.length));
      line(`${" ".repeat(INDENT)}${paint("green", "✓")} ${said}${gap}${paint("dim", aside)}`);
      line();
    },

    /** @param {string} text */
    failure(text) {
      for (const [index, part] of wrap(visible(text), width - INDENT - 2).entries()) {
        line(`${" ".repeat(INDENT)}${index === 0 ? paint("red", "✗") : " "} ${part}`);
      }
      line();
    },
  };
}

/**
 * What a provider answers may hold anything, terminal commands included.
 *
 * @param {string} text
 */
const visible = (text) => text.replaceAll(/\p{Cc}/gu, "?");

/**
 * @param {string} text
 * @param {number} width
 */
function wrap(text, width) {
  /** @type {string[]} */
  const lines = [];
  let current = "";
  for (const word of text.split(" ")) {
    if (current !== "" && current.length + 1 + word.length > width) {
      lines.push(current);
      current = word;
    } else {
      current = current === "" ? word : `${current} ${word}`;
    }
  }
  return [...lines, current];
}

/** @param {number} ms */
export const duration = (ms) => (ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`);

/** @param {number} bytes */
export const size = (bytes) => (bytes < 1000 ? `${bytes} bytes` : `${(bytes / 1000).toFixed(1)} kB`);

/**
 * @param {number} number
 * @param {string} noun
 * @param {string} [nouns]
 */
export const count = (number, noun, nouns = `${noun}s`) => `${number} ${number === 1 ? noun : nouns}`;
