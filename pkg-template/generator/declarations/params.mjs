/** What calls take: one flat object of path, query and body values. */
import { sentence } from "./doc.mjs";
import { pascalCase } from "./names.mjs";

/** @typedef {import("../spec.mjs").Spec} Spec */
/** @typedef {import("../spec.mjs").Operation} Operation */
/** @typedef {import("../spec.mjs").Parameter} Parameter */
/** @typedef {import("./schemas.mjs").Types} Types */
/** @typedef {import("./schemas.mjs").Root} Root */

const paramsKey = (/** @type {Operation} */ { name }) => `params.${name}`;

/** What each call of a provider takes. */
export class Params {
  #fills;
  /** @type {Types | undefined} */
  #types;

  /** @param {string[]} fills parameters that the client fills in from an option of the same name */
  constructor(fills) {
    this.#fills = fills;
  }

  /**
   * The parameters as callers see them.
   * @param {Operation} operation
   * @returns {Parameter[]}
   */
  of({ parameters }) {
    return parameters.map((parameter) => {
      if (!this.#fills.includes(parameter.name)) return parameter;
      const { description, name } = parameter;
      const filled = `Default: the client's \`${name}\`${parameter.required ? "; needed where it has none" : ""}.`;
      const text = [description && sentence(description), filled].filter(Boolean).join(" ");
      return { ...parameter, required: false, description: text };
    });
  }

  /**
   * The schema of the params of an operation, where it has any.
   * @param {Operation} operation
   * @returns {[string, Root][]}
   */
  roots(operation) {
    const parameters = this.of(operation);
    if (parameters.length === 0) return [];
    const schema = {
      type: "object",
      properties: Object.fromEntries(
        parameters.map(({ name, schema, description }) => [
          name,
          { ...schema, ...(description && { description }) },
        ]),
      ),
      required: parameters.filter(({ required }) => required).map(({ name }) => name),
    };
    const about = `What \`${operation.name}\` takes.`;
    return [
      [
        paramsKey(operation),
        { schema, names: [`${pascalCase(operation.name)}Params`], about, isInput: true },
      ],
    ];
  }

  /** @param {Types} types made from the roots */
  use(types) {
    this.#types = types;
  }

  /** @param {Operation} operation */
  type(operation) {
    if (operation.parameters.length === 0) return "Record<string, never>";
    if (!this.#types) throw new Error("the types are not made yet");
    return this.#types.text(paramsKey(operation));
  }

  /** @param {Operation} operation */
  isOptional(operation) {
    return this.of(operation).every(({ required }) => !required);
  }
}
