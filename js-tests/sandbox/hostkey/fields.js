// Which fields a form may have. The spec's schemas do not forbid others, since Hostkey takes new ones now and
// then; here whatever it does not have is a mistake of the client.

import { propertiesOf } from "../../spec.js";
import { invalid } from "../answers.js";

/**
 * @typedef {import("../../spec.js").Located} Located
 * @typedef {import("../../spec.js").Operation} Operation
 * @typedef {import("../../spec.js").Spec} Spec
 */

/**
 * @param {Operation} operation
 * @returns {boolean} whether the operation goes without a token
 */
export function isPublic({ node }) {
  const auth = /** @type {{ scheme?: string } | undefined} */ (node["x-auth"]);
  return auth?.scheme === "none";
}

/**
 * @param {Spec} spec
 * @returns {import("../checks.js").Check}
 */
export function fieldsKnown(spec) {
  return ({ operation, content }) => {
    if (!operation?.body || !("value" in content)) return;
    const names = unknownIn(spec, operation.body.schema, content.value);
    const unknown = names.filter((name) => name !== "token" || isPublic(operation));
    if (unknown.length === 0) return;
    throw invalid(
      unknown.map((name) => ({ code: "field_unknown", text: `field ${name} is not known`, field: name })),
    );
  };
}

/**
 * @param {Spec} spec
 * @param {Located} schema
 * @param {unknown} value
 * @param {string} [above]
 * @returns {string[]}
 */
function unknownIn(spec, schema, value, above = "") {
  if (typeof value !== "object" || value === null) return [];
  const resolved = spec.resolve(schema);
  if (resolved.node.type === "array" || resolved.node.additionalProperties !== undefined) return [];
  const properties = propertiesOf(spec, resolved);
  return Object.entries(value).flatMap(([name, field]) => {
    const path = above === "" ? name : `${above}[${name}]`;
    const property = properties.get(name);
    return property ? unknownIn(spec, property, field, path) : [path];
  });
}
