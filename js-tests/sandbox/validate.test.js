// What the faults of a request name, for providers that answer by field.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { readSpec } from "../spec.js";
import { readContent } from "./body.js";
import { unknownFields } from "./fields.js";
import { valuesFor } from "./generate.js";
import { createRouter } from "./router.js";
import { createValidator } from "./validate.js";

const spec = readSpec(
  "made-up",
  `
servers: [{url: https://api.example.com}]
paths:
  /things/{id}:
    put:
      operationId: things.update
      x-effect: write
      parameters:
        - {name: id, in: path, required: true, schema: {type: integer}}
        - {name: limit, in: query, schema: {type: integer}}
        - {name: place, in: query, schema: {type: string, x-extensible-enum: [NL, US]}}
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [name]
              properties:
                name: {type: string}
                again: {type: integer, x-copy-of: id}
                sizes: {type: array, items: {type: integer}}
                note: {description: Of any type.}
                inner: {type: object, properties: {known: {type: string}}}
      responses: {'204': {description: Done.}}
`,
);
const operation = spec.operations.get("things.update") ?? assert.fail();

/**
 * @param {string} id
 * @param {string} query
 * @param {unknown} json
 */
function fieldsOf(id, query, json) {
  const content = readContent(Buffer.from(JSON.stringify(json)), "application/json");
  const raw = {
    method: "PUT",
    target: "",
    path: `/things/${id}`,
    query,
    headers: {},
    rawBody: Buffer.alloc(0),
  };
  const route = createRouter(spec)("PUT", raw.path);
  const exchange = { ...raw, route, content, operation, params: {}, body: undefined };
  const { faults } = createValidator(spec).checkRequest(operation, exchange);
  return faults.map(({ code, field }) => [code, field]);
}

describe("the faults of a request", () => {
  it("name the parameter or the place in the body", () => {
    assert.deepEqual(fieldsOf("x", "limit=many&nope=1&limit=1", { sizes: [1, "2"], again: 7 }), [
      ["query_unknown", "nope"],
      ["query_repeated", "limit"],
      ["path_type", "id"],
      ["query_type", "limit"],
      ["body_required", "name"],
      ["body_type", "sizes.1"],
      ["body_copy", "again"],
    ]);
  });

  it("name nothing where it is the body as a whole", () => {
    assert.deepEqual(fieldsOf("1", "", [])[0], ["body_type", undefined]);
  });
});

describe("a list that the provider may extend", () => {
  it("takes values that the spec does not know", () => {
    assert.deepEqual(fieldsOf("1", "place=RU", { name: "x", again: 1 }), []);
  });

  it("is generated from the values that it knows", () => {
    const place = operation.parameters.find(({ name }) => name === "place") ?? assert.fail();
    const places = fc.sample(valuesFor(spec, place.schema), { numRuns: 50, seed: 1 });
    assert.deepEqual([...new Set(places)].sort(), ["NL", "US"]);
  });
});

describe("fields that nobody knows", () => {
  it("are found wherever they are, but not in what may be anything", () => {
    const schema = operation.body?.schema ?? assert.fail();
    const value = { name: "x", nope: 1, note: { any: { thing: 1 } }, inner: { known: "x", odd: 1 } };
    assert.deepEqual(unknownFields(spec, schema, value), ["nope", "inner.odd"]);
  });
});
