import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import {
  body,
  jsonAnswer,
  OPERATIONS,
  operation,
  realSpec,
  reference,
  smallSpec,
  temporaryFolder,
} from "./fixture.mjs";
import { isFilledIn, objectParts, readSpec, resolve } from "./spec.mjs";

/** @typedef {import("./spec.mjs").Schema} Schema */

/** @param {{ [name: string]: Schema }} schemas */
const documentWith = (schemas) => smallSpec({}, { schemas }).document;

describe("resolve", () => {
  test("follows references of references, and what stands beside them wins", () => {
    const document = documentWith({
      A: { ...reference("B"), description: "of A" },
      B: { type: "string", description: "of B", maxLength: 3 },
    });
    assert.deepEqual(resolve(document, reference("A")), {
      type: "string",
      description: "of A",
      maxLength: 3,
    });
    const here = { ...reference("A"), description: "here", "x-secret": true };
    assert.deepEqual(resolve(document, here), {
      type: "string",
      description: "here",
      maxLength: 3,
      "x-secret": true,
    });
  });

  test("leaves alone what is no reference", () => {
    const schema = { type: "object", properties: { a: reference("A") } };
    assert.equal(resolve(documentWith({}), schema), schema);
  });

  test("reads ~1 and ~0 in a pointer", () => {
    const document = documentWith({ "a/b": { type: "string" }, "a~b": { type: "number" } });
    assert.deepEqual(resolve(document, reference("a~1b")), { type: "string" });
    assert.deepEqual(resolve(document, reference("a~0b")), { type: "number" });
  });

  test("says which reference leads nowhere", () => {
    assert.throws(
      () => resolve(documentWith({}), reference("Nobody")),
      /#\/components\/schemas\/Nobody leads nowhere/,
    );
  });
});

describe("objectParts", () => {
  test("merges allOf, in order, with what stands beside it last", () => {
    const document = documentWith({
      Base: { type: "object", required: ["a"], properties: { a: { type: "string" }, b: { type: "string" } } },
      More: { allOf: [reference("Base")], required: ["b"], properties: { c: {} } },
    });
    const schema = {
      allOf: [reference("More"), { properties: { b: { type: "integer" } }, additionalProperties: true }],
      properties: { d: {} },
      required: ["d"],
    };
    const { properties, required, additional } = objectParts(document, schema);
    assert.deepEqual(properties, { a: { type: "string" }, b: { type: "integer" }, c: {}, d: {} });
    assert.deepEqual(required, ["a", "b", "d"]);
    assert.equal(additional, true);
  });

  test("an outer additionalProperties counts before an inherited one", () => {
    const document = documentWith({ Base: { additionalProperties: true } });
    const { additional } = objectParts(document, { allOf: [reference("Base")], additionalProperties: false });
    assert.equal(additional, false);
  });

  test("a schema that is no object has no parts", () => {
    const parts = objectParts(documentWith({}), { type: "string" });
    assert.deepEqual(parts, { properties: {}, required: [], additional: undefined });
  });
});

test("isFilledIn: constants, even empty ones, and copies", () => {
  assert.ok(isFilledIn({ const: "reboot" }));
  assert.ok(isFilledIn({ const: 0 }));
  assert.ok(isFilledIn({ type: "string", "x-copy-of": "id" }));
  assert.ok(!isFilledIn({ type: "string", default: "reboot" }));
});

describe("readSpec", () => {
  test("knows the provider by the file's name", () => {
    const { provider, title, baseUrl } = realSpec("combell");
    assert.deepEqual(
      [provider, title, baseUrl],
      ["combell", "Combell Public API", "https://api.combell.com"],
    );
    const { folder, remove } = temporaryFolder();
    const file = join(folder, "spec.json");
    writeFileSync(file, "{}");
    assert.throws(() => readSpec(file), /is not a spec/);
    remove();
  });

  test("finds every operation of every provider, under a name of its own", () => {
    for (const [provider, count] of Object.entries(OPERATIONS)) {
      const names = realSpec(provider).operations.map(({ name }) => name);
      assert.equal(names.length, count, provider);
      assert.equal(new Set(names).size, count, provider);
    }
  });

  test("takes parameters of path, query and body in that order", () => {
    const spec = smallSpec(
      {
        "/a/{id}#fragment": {
          parameters: [{ $ref: "#/components/parameters/Id" }],
          post: operation("a.set", {
            parameters: [{ name: "dry", in: "query", "x-secret": true, schema: { type: "boolean" } }],
            requestBody: body({
              type: "object",
              required: ["action", "size"],
              properties: {
                action: { const: "set" },
                size: { ...reference("Size"), description: "How large" },
                other: reference("Size"),
              },
            }),
          }),
        },
      },
      {
        schemas: { Size: { type: "integer", description: "A size" } },
        parameters: {
          Id: { name: "id", in: "path", required: true, description: "Which", schema: { type: "string" } },
        },
      },
    );
    const [set] = spec.operations;
    assert.equal(set?.method, "POST");
    assert.equal(set?.path, "/a/{id}");
    assert.deepEqual(set?.parameters, [
      { name: "id", place: "path", required: true, schema: { type: "string" }, description: "Which" },
      {
        name: "dry",
        place: "query",
        required: false,
        schema: { type: "boolean", "x-secret": true },
        description: undefined,
      },
      {
        name: "size",
        place: "body",
        required: true,
        schema: { ...reference("Size"), description: "How large" },
        description: "How large",
      },
      { name: "other", place: "body", required: false, schema: reference("Size"), description: "A size" },
    ]);
  });

  test("refuses what no part of the client could send", () => {
    const of = (/** @type {object} */ further) => () =>
      smallSpec({ "/a": { post: operation("a.set", further) } });
    const header = { name: "a", in: "header", schema: { type: "string" } };
    assert.throws(of({ parameters: [header] }), /a\.set: a parameter in header is not supported/);
    const text = body({ type: "object" }, "text/plain");
    assert.throws(of({ requestBody: text }), /a\.set: a body of this form is not supported/);
    const named = { ...body({ type: "array" }), "x-body-param": "items" };
    assert.throws(of({ requestBody: named }), /a\.set: a body of this form is not supported/);
    const two = {
      content: { ...body({}).content, ...body({}, "application/x-www-form-urlencoded").content },
    };
    assert.throws(of({ requestBody: two }), /a\.set: a body of this form is not supported/);
  });

  test("tells answers apart by status, media type and Location", () => {
    const responses = {
      200: { $ref: "#/components/responses/Thing" },
      201: { description: "Made.", headers: { Location: {} } },
      204: { description: "Gone." },
      206: { description: "A file.", content: { "application/pdf": { schema: { type: "string" } } } },
      303: { description: "Elsewhere.", headers: { Location: { required: true } } },
      404: jsonAnswer({ type: "object" }),
      default: jsonAnswer({ type: "object" }),
    };
    const thing = { ...jsonAnswer({ type: "integer" }), headers: { Location: {} } };
    const spec = smallSpec(
      { "/a": { get: operation("a.get", { responses }) } },
      { responses: { Thing: thing } },
    );
    assert.deepEqual(spec.operations[0]?.answers, [
      { status: 200, kind: "json", schema: { type: "integer" } },
      { status: 201, kind: "place", promised: false },
      { status: 204, kind: "nothing" },
      { status: 206, kind: "file", mediaType: "application/pdf" },
      { status: 303, kind: "place", promised: true },
    ]);
  });

  test("reads what an operation is marked with", () => {
    const marks = {
      description: "More.",
      "x-effect": "destroy",
      "x-idempotent": true,
      "x-errors": [404],
      "x-auth": { scheme: "none" },
      "x-async": { kind: "task", id: "/id" },
      "x-paging": { style: "skip-take", items: "" },
      "x-source": { file: "a.txt", lines: [1, 2] },
    };
    const [marked] = smallSpec({ "/a": { delete: operation("a.delete", marks) } }).operations;
    assert.ok(marked);
    const { effect, idempotent, errors, anonymous, description } = marked;
    assert.deepEqual(
      [effect, idempotent, errors, anonymous, description],
      ["destroy", true, [404], true, "More."],
    );
    assert.deepEqual(marked.async, { kind: "task", id: "/id" });
    assert.deepEqual(marked.paging, { style: "skip-take", items: "" });
    const [plain] = smallSpec({ "/a": { get: operation("a.get") } }).operations;
    assert.deepEqual(
      [plain?.idempotent, plain?.errors, plain?.anonymous, plain?.body],
      [false, [], false, undefined],
    );
  });
});
