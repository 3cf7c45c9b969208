/** From a spec to `<provider>/operations`: the operations as data, for menus, rules and documentation. */
import { constructorOf } from "./credentials.mjs";
import { clientTypes } from "./declarations/client.mjs";

/** @typedef {import("./spec.mjs").Spec} Spec */

/**
 * The module and its declarations, which stand beside those of the provider's entry.
 * @param {Spec} spec
 * @returns {{ js: string, dts: string }}
 */
export function makeOperations(spec) {
  const lines = spec.operations.map(({ name, method, path, effect, idempotent, summary }) =>
    // A read always is, so the spec does not say it.
    JSON.stringify({ name, method, path, effect, idempotent: idempotent || effect === "read", summary }),
  );
  const { operations } = clientTypes(constructorOf(spec.provider).className);
  const about = `/** Every operation of the ${spec.title}, in the order of its documentation. */\n`;
  return {
    js: `${about}export const operations = [\n${lines.map((line) => `  ${line},\n`).join("")}];\n`,
    dts: `import type { OperationInfo } from "../types.js";
import type { ${operations} } from "./${spec.provider}.js";

${about}export declare const operations: readonly (OperationInfo & { name: keyof ${operations} })[];
`,
  };
}
