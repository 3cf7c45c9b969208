/** Long texts in the modules of the package, as they are: nothing but a template literal is as short. */

/** @param {string} text */
export const templateLiteral = (text) => `\`${text.replace(/[\\`]|\$\{/g, "\\$&")}\``;

/**
 * The text that a module has under a name.
 * @param {string} module its source
 * @param {string} name
 */
export function readLiteral(module, name) {
  const literal = new RegExp(`\\b${name}: \`((?:[^\`\\\\]|\\\\.)*)\``, "s").exec(module)?.[1];
  if (literal === undefined) throw new Error(`the module has no text ${name}`);
  return literal.replace(/\\(\\|`|\$\{)/g, "$1");
}
