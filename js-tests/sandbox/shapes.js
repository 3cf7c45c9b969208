// Some calls are answered in more than one shape. Here each shape takes its turn, so that whoever calls often
// enough meets all of them.

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
    if (setting === "documented") return shapes[0];
    const turn = this.#turns.get(what) ?? 0;
    this.#turns.set(what, turn + 1);
    return shapes[(setting + turn) % shapes.length];
  }
}
