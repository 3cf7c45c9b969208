// The framework's way to find fields that an operation does not have.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { readSpec } from "../spec.js";
import { unknownFields } from "./fields.js";
import { valuesFor } from "./generate.js";
import { createValidator } from "./validate.js";

const spec = readSpec(
  "made-up",
  `
servers: [{url: https://api.example.com}]
paths:
  /things:
    post:
      operationId: things.save
      x-effect: write
      requestBody:
        content:
          application/json:
            schema:
              type: object
              required: [id, kind, list]
              properties:
                id: {type: [integer, string]}
                kind: {const: thing}
                list: {type: array, minItems: 1, items: {$ref: '#/components/schemas/Item'}}
                open: {type: object, additionalProperties: true}
                either: {oneOf: [{$ref: '#/components/schemas/Item'}, {type: object, properties: {c: {type: boolean}}}]}
                any: {description: Anything.}
      responses: {'204': {description: Done.}}
components:
  schemas:
    Item: {allOf: [{$ref: '#/components/schemas/One'}, {properties: {b: {type: string, pattern: '^[a-z]*$', minLength: 2}}}]}
    One: {type: object, required: [a], properties: {a: {type: number, minimum: 0, maximum: 8}}}
`,
);
const operation = spec.operations.get("things.save") ?? assert.fail();
const schema = operation.body?.schema ?? assert.fail();

describe("unknown fields", () => {
  /** @type {[value: unknown, unknown: string[]][]} */
  const cases = [
    [{ id: 1, list: [{ a: 1, b: "x" }] }, []],
    [{ id: 1, extra: 2, list: [{ a: 1 }, { d: 1 }] }, ["extra", "list.1.d"]],
    [{ list: { 0: { d: 1 }, 7: { d: 1 } } }, ["list.0.d", "list.7.d"]],
    [{ list: { x: { a: { y: 1 } } } }, ["list.x.a.y"]],
    [{ open: { whatever: { there: "is" } }, any: { thing: 1 } }, []],
    [{ either: { a: 1, c: true, d: 1 } }, ["either.d"]],
    [JSON.parse('{"__proto__":{"a":1},"constructor":1}'), ["__proto__", "constructor"]],
    ["text", []],
    [null, []],
  ];

  it("are found wherever they are", () => {
    for (const [value, unknown] of cases) {
      assert.deepEqual(unknownFields(spec, schema, value), unknown, JSON.stringify(value));
    }
  });
});

describe("generated input", () => {
  it("fits its schema and has no unknown fields", () => {
    const known = { either: fc.constant({ c: true }), any: fc.constant(null) };
    const validator = createValidator(spec);
    fc.assert(
      fc.property(valuesFor(spec, schema, known), (value) => {
        const exchange = /** @type {import("./exchange.js").Exchange} */ (
          /** @type {unknown} */ ({
            route: { found: true, values: {} },
            query: "",
            content: { empty: false, value },
          })
        );
        assert.deepEqual(validator.checkRequest(operation, exchange).faults, []);
        assert.deepEqual(unknownFields(spec, schema, value), []);
      }),
      { numRuns: 200, seed: 20260608 },
    );
  });
});
