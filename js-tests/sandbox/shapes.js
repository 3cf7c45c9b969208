// Some calls are answered in more than one shape. Here each shape takes its turn, so that whoever calls often
// enough meets all of them.

/** What the core and the types do not read yet, and what therefore only comes where the setting is a number. */
const NOT_READ_YET = new Set([
  "billing data",
  "funds",
  "invoices",
  "login",
  "order",
  "outcome",
  "place",
  "servers of a list",
  "session",
]);

export class Shapes {
  /** @type {Map<string, number>} */
  #turns = new Map();

  /** @param {Pick<import("./settings.js").CommonSettings, "shapes">} settings */
  constructor(settings) {
    this.settings = settings;
  }

  /**
   * The shape whose turn it is.
   *
   * @template {unknown[]} Choice
   * @param {string} what whose turns are counted together
   * @param {Choice} shapes the documented one first
   * @returns {Choice[number]}
   */
  of(what, ...shapes) {
    const { shapes: setting } = this.settings;
    if (setting === "documented" || (setting === "read" && NOT_READ_YET.has(what))) return shapes[0];
    const turn = this.#turns.get(what) ?? 0;
    this.#turns.set(what, turn + 1);
    return shapes[((setting === "read" ? 0 : setting) + turn) % shapes.length];
  }
}
