import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { body, jsonAnswer, operation, PROVIDERS, realSpec, reference, smallSpec } from "./fixture.mjs";
import { makeTable } from "./table.mjs";

/** @typedef {import("./spec.mjs").Schema} Schema */

/**
 * The line of the only operation, and the types that it needs.
 * @param {object} further of the operation
 * @param {Parameters<typeof smallSpec>[1]} [parts]
 * @param {string} [method]
 */
function lineOf(further, parts = {}, method = "post") {
  const { head, operations } = makeTable(
    smallSpec({ "/a": { [method]: operation("a.do", further) } }, parts),
  );
  assert.equal(operations.length, 1);
  return { line: JSON.parse(operations[0] ?? ""), types: head.types };
}

/**
 * How a property of a body is written.
 * @param {Schema} schema
 * @param {{ [name: string]: Schema }} [schemas]
 */
function writtenAs(schema, schemas) {
  const { line, types } = lineOf({ requestBody: body({ properties: { it: schema } }) }, { schemas });
  return { it: line[4].o.it, types };
}

describe("an operation's line", () => {
  test("ends where nothing further is to be said", () => {
    assert.deepEqual(lineOf({}, {}, "get").line, ["a.do", "GET /a", "r"]);
  });

  test("tells the effect, in capitals where it may be sent twice", () => {
    const letter = (/** @type {object} */ marks) => lineOf(marks).line[2];
    assert.equal(letter({ "x-effect": "read" }), "r");
    assert.equal(letter({ "x-effect": "write" }), "w");
    assert.equal(letter({ "x-effect": "write", "x-idempotent": true }), "W");
    assert.equal(letter({ "x-effect": "destroy", "x-idempotent": true }), "D");
    assert.equal(letter({ "x-effect": "purchase" }), "p");
  });

  test("has query parameters, and path variables where they are not plain text", () => {
    const parameters = [
      { name: "id", in: "path", required: true, schema: { type: "integer" } },
      { name: "name", in: "path", required: true, schema: { type: "string" } },
      { name: "kind", in: "query", required: true, schema: { type: "string" } },
      { name: "take", in: "query", schema: { type: "integer", format: "int32", maximum: 9 } },
    ];
    const paths = { "/a/{id}/{name}#part": { get: operation("a.get", { parameters }) } };
    const [line = ""] = makeTable(smallSpec(paths)).operations;
    const written = { id: "i", "kind!": "s", take: { t: "k", max: 9 } };
    assert.deepEqual(JSON.parse(line), ["a.get", "GET /a/{id}/{name}", "r", written]);
  });

  test("has what a body is made of", () => {
    const schema = {
      type: "object",
      required: ["action", "size", "id"],
      properties: {
        action: { const: "do" },
        size: { type: "number" },
        id: { type: "string", "x-copy-of": "size" },
        more: { type: "object", required: ["a"], properties: { a: { type: "boolean" } } },
      },
    };
    const written = {
      o: { action: { c: "do" }, "size!": "n", id: { "=": "size" }, more: { o: { "a!": "b" } } },
    };
    assert.deepEqual(lineOf({ requestBody: body(schema) }).line.slice(3), [{}, written]);
    const form = body(schema, "application/x-www-form-urlencoded");
    assert.deepEqual(lineOf({ requestBody: form }).line.slice(3), [{}, written, { f: "form" }]);
  });

  test("tells answers apart unless there is only JSON with status 200", () => {
    const responses = {
      200: jsonAnswer({ type: "string" }),
      201: { description: "Made.", headers: { Location: {} } },
      202: { description: "Later." },
      203: { description: "Made for sure.", headers: { Location: { required: true } } },
      206: { description: "A file.", content: { "image/png": {} } },
      400: { description: "No." },
    };
    const more = lineOf({ responses }).line[5];
    assert.deepEqual(more, { a: { 200: "j", 201: "o", 202: "", 203: "l", 206: "image/png" } });
    assert.deepEqual(lineOf({ responses: { 201: jsonAnswer({}) } }).line[5], { a: { 201: "j" } });
  });

  test("tells paging, jobs and calls without credentials", () => {
    const array = { type: "array", items: { type: "string" } };
    const paged = (/** @type {object} */ paging) =>
      lineOf({ "x-paging": paging, responses: { 200: jsonAnswer(array) } }).line[5];
    assert.deepEqual(paged({ style: "skip-take", items: "", total: "X-Total" }), {
      p: ["skip-take", "", "X-Total"],
    });
    assert.deepEqual(paged({ style: "limit-page", items: "/data" }), { p: ["limit-page", "/data"] });
    assert.equal(lineOf({ "x-async": { kind: "task", id: "/id" } }).line[5].j, "task");
    assert.deepEqual(lineOf({ "x-auth": { scheme: "none" } }).line[5], { n: true });
  });
});

describe("a schema", () => {
  test("of single values", () => {
    /** @type {[Schema, unknown][]} */
    const cases = [
      [{ type: "string" }, "s"],
      [{ type: "integer" }, "i"],
      [{ type: "integer", format: "int32" }, "k"],
      [{ type: "number" }, "n"],
      [{ type: "boolean" }, "b"],
      [{ type: ["integer", "string"] }, "is"],
      [{ type: ["integer", "string"], "x-sent-as": "integer" }, "i"],
      [{ type: ["integer", "null"], format: "int32" }, "kz"],
      [{}, "*"],
      [{ type: "string", enum: ["A", "B"] }, { e: ["A", "B"] }],
      [{ type: "integer", enum: [0, 1] }, { e: [0, 1] }],
      [{ type: "string", "x-extensible-enum": ["A", "B"] }, "s"],
      [{ type: "integer", format: "int32", "x-extensible-enum": [1, 2] }, "k"],
      [{ const: 0 }, { c: 0 }],
      [{ type: "string", "x-copy-of": "name" }, { "=": "name" }],
    ];
    for (const [schema, written] of cases) assert.deepEqual(writtenAs(schema).it, written);
  });

  test("with limits, a pattern and a secret", () => {
    const text = { type: "string", minLength: 8, maxLength: 20, pattern: "^\\w+$", "x-secret": true };
    assert.deepEqual(writtenAs(text).it, { t: "s", min: 8, max: 20, re: "^\\w+$", x: true });
    assert.deepEqual(writtenAs({ type: "integer", minimum: 0, maximum: 9 }).it, { t: "i", min: 0, max: 9 });
    assert.deepEqual(writtenAs({ type: "number", minimum: 1 }).it, { t: "n", min: 1 });
    assert.throws(() => writtenAs({ type: "string", pattern: "(" }), /Invalid regular expression/);
  });

  test("of arrays and open objects", () => {
    const array = { type: "array", minItems: 1, maxItems: 2, items: { type: "integer" } };
    assert.deepEqual(writtenAs(array).it, { a: "i", min: 1, max: 2 });
    assert.deepEqual(writtenAs({ type: "array" }).it, { a: "*" });
    const open = {
      type: "object",
      properties: { a: {} },
      additionalProperties: { type: ["string", "number"] },
    };
    assert.deepEqual(writtenAs(open).it, { o: { a: "*" }, "*": "sn" });
    assert.deepEqual(writtenAs({ type: "object", additionalProperties: true }).it, { o: {}, "*": "*" });
    assert.deepEqual(writtenAs({ type: "object", additionalProperties: false }).it, { o: {} });
  });

  test("that has a name is written once, whatever is said beside the reference", () => {
    const schemas = {
      Size: { type: "integer", minimum: 1, description: "A size." },
      Pair: { type: "object", properties: { a: reference("Size"), b: reference("Size") } },
    };
    const schema = {
      properties: { pair: reference("Pair"), size: { ...reference("Size"), description: "Its size." } },
    };
    const { it, types } = writtenAs(schema, schemas);
    assert.deepEqual(it, { o: { pair: "#Pair", size: "#Size" } });
    assert.deepEqual(types, { Pair: { o: { a: "#Size", b: "#Size" } }, Size: { t: "i", min: 1 } });
  });

  test("is another one where what stands beside the reference changes it", () => {
    const schemas = { Text: { type: "string", maxLength: 9 } };
    const { it, types } = writtenAs({ ...reference("Text"), "x-secret": true, maxLength: 3 }, schemas);
    assert.deepEqual(it, { t: "s", max: 3, x: true });
    assert.deepEqual(types, {});
  });

  test("may lead back to itself", () => {
    const Tree = { type: "object", properties: { inner: { type: "array", items: reference("Tree") } } };
    const { it, types } = writtenAs(reference("Tree"), { Tree });
    assert.equal(it, "#Tree");
    assert.deepEqual(types, { Tree: { o: { inner: { a: "#Tree" } } } });
  });

  test("made with allOf is one object", () => {
    const schemas = {
      Base: { type: "object", required: ["a"], properties: { a: { type: "string" } } },
      Whole: { allOf: [reference("Base"), { properties: { b: { type: "integer" } } }], required: ["b"] },
    };
    const { it, types } = writtenAs(reference("Whole"), schemas);
    assert.equal(it, "#Whole");
    assert.deepEqual(types, { Whole: { o: { "a!": "s", "b!": "i" } } });
  });

  test("that is a choice of schemas is refused", () => {
    assert.throws(
      () => writtenAs({ oneOf: [{ type: "string" }, { type: "integer" }] }),
      /not supported in requests/,
    );
    assert.throws(() => writtenAs({ not: { type: "string" } }), /not supported in requests/);
  });
});

for (const provider of PROVIDERS) {
  test(`${provider}: every line is JSON and starts with its operation's name`, () => {
    const spec = realSpec(provider);
    const { head, operations } = makeTable(spec);
    assert.equal(operations.length, spec.operations.length);
    for (const [index, text] of operations.entries()) {
      const line = JSON.parse(text);
      assert.equal(line[0], spec.operations[index]?.name);
      assert.match(line[1], /^[A-Z]+ \/[^#]*$/);
      assert.ok(!text.includes("\n"));
    }
    // A type is there for every reference, and for no other.
    const text = JSON.stringify([head.types, operations.map((line) => JSON.parse(line))]);
    const used = new Set([...text.matchAll(/"#(\w+)"/g)].map(([, name]) => name));
    assert.deepEqual(new Set(Object.keys(head.types)), used);
    for (const { operation } of Object.values(head.jobs)) {
      assert.ok(
        spec.operations.some(({ name }) => name === operation),
        operation,
      );
    }
  });
}
