import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { makeDeclarations, rootDeclarations } from "../declarations.mjs";
import { body, jsonAnswer, operation, realSpec, reference, smallSpec } from "../fixture.mjs";

/** @typedef {import("../spec.mjs").Schema} Schema */

/**
 * Declarations for schemas that `things.get` answers.
 * @param {{ [name: string]: Schema }} schemas the first one is the answer
 */
const declarationsOf = (schemas) => {
  const [answer = ""] = Object.keys(schemas);
  const get = operation("things.get", {}, reference(answer));
  return makeDeclarations(smallSpec({ "/things": { get } }, { schemas }));
};

/**
 * Declarations for a body that `things.set` takes.
 * @param {Schema} schema
 * @param {{ [name: string]: Schema }} [schemas]
 */
const declarationsOfBody = (schema, schemas) => {
  const post = operation("things.set", { requestBody: body(schema) });
  return makeDeclarations(smallSpec({ "/things": { post } }, { schemas }));
};

describe("types of answers", () => {
  test("only what an operation leads to is declared", async () => {
    const text = await declarationsOf({
      Thing: { type: "object", properties: { part: reference("Part") } },
      Part: { type: "object", properties: { whole: reference("Thing") } },
      Fault: { type: "object", properties: { code: { type: "integer" } } },
    });
    assert.match(text, /export interface Thing {\n {2}part\?: Part;\n}/);
    assert.match(text, /export interface Part {\n {2}whole\?: Thing;\n}/);
    assert.doesNotMatch(text, /Fault/);
  });

  test("allOf becomes one interface", async () => {
    const text = await declarationsOf({
      Detail: {
        description: "A thing in full.",
        allOf: [
          reference("Thing"),
          {
            type: "object",
            required: ["size"],
            properties: { size: { type: "integer" }, id: { type: "string" } },
          },
        ],
      },
      Thing: { type: "object", required: ["id"], properties: { id: { type: ["string", "integer"] } } },
    });
    assert.match(
      text,
      /\/\*\* A thing in full. \*\/\nexport interface Detail {\n {2}id: string;\n {2}size: number;\n}/,
    );
    assert.doesNotMatch(text, /interface Thing/);
  });

  test("open objects have an index signature, and nothing is any", async () => {
    const text = await declarationsOf({
      Thing: {
        type: "object",
        required: ["id", "anything", "map"],
        properties: {
          id: { type: "string" },
          anything: {},
          mixed: { type: ["string", "object", "array", "null"] },
          map: { type: "object", additionalProperties: { type: "number" } },
        },
        patternProperties: { "^x": { type: "string" } },
        additionalProperties: true,
      },
    });
    assert.match(
      text,
      /export interface Thing {\n {2}id: string;\n {2}anything: unknown;\n {2}mixed\?: string \| Record<string, unknown> \| unknown\[\] \| null;\n {2}map: {\n {4}\[key: string\]: number;\n {2}};\n {2}\[key: string\]: unknown;\n}/,
    );
  });

  test("an inline object gets a name, a list of named things needs none", async () => {
    const paths = {
      "/a": { get: operation("a.get", {}, { type: "object", properties: { id: { type: "string" } } }) },
      "/b": { get: operation("b.list", {}, { type: "array", items: reference("Thing") }) },
      "/c": { get: operation("c.list", {}, { oneOf: [{ type: "null" }, reference("Thing")] }) },
    };
    const text = await makeDeclarations(smallSpec(paths, { schemas: { Thing: { type: "object" } } }));
    assert.match(text, /get\(.*\): Call<AGetAnswer>;/);
    assert.match(text, /\/\*\* Answer of `a.get`. \*\/\nexport interface AGetAnswer {/);
    assert.match(text, /list\(.*\): Call<Thing\[\]>;/);
    assert.match(text, /list\(.*\): Call<null \| Thing>;/);
  });

  test("several successes make a union", async () => {
    const responses = {
      200: jsonAnswer(reference("Thing")),
      202: { description: "Later.", headers: { Location: { required: true } } },
      204: { description: "Gone." },
      206: { description: "A part.", content: { "image/png": { schema: { type: "string" } } } },
      404: jsonAnswer({ type: "object" }),
    };
    const spec = smallSpec({ "/a": { get: operation("a.get", { responses }) } }, { schemas: { Thing: {} } });
    assert.match(await makeDeclarations(spec), /: Call<Thing \| Place \| undefined \| FileAnswer>;/);
  });

  test("a place that is not promised may be missing", async () => {
    const responses = { 201: { description: "Made.", headers: { Location: reference("Where") } } };
    const paths = { "/a": { post: operation("a.create", { responses }) } };
    const declared = (/** @type {object} */ header) =>
      makeDeclarations(smallSpec(paths, { schemas: { Where: header } }));
    assert.match(await declared({ description: "Where it is." }), /: Call<Place \| undefined>;/);
    assert.match(await declared({ required: true }), /: Call<Place>;/);
  });

  test("pages are found by the pointer of x-paging", async () => {
    const answer = { type: "object", properties: { data: { $ref: "#/components/schemas/Things" } } };
    const schemas = { Things: { type: "array", items: { type: "object", properties: { id: {} } } } };
    const declarations = (/** @type {string} */ items) => {
      const get = operation("a.list", { "x-paging": { style: "limit-page", items } }, answer);
      return makeDeclarations(smallSpec({ "/a": { get } }, { schemas }));
    };
    const text = await declarations("/data");
    assert.match(text, /: PagedCall<AListItem>;/);
    assert.match(text, /"a.list": { params: Record<string, never>; answer: Page<AListItem> };/);
    await assert.rejects(declarations("/items"), /a\.list: x-paging\.items/);
  });
});

describe("types of lists that a provider may extend", () => {
  const text = { type: "string", "x-extensible-enum": ["NL", "US"] };
  const number = { type: "integer", "x-extensible-enum": [1, 2] };
  const either = { type: ["integer", "string", "null"], "x-extensible-enum": [1, "1"] };

  test("offer the known values and take others", async () => {
    const place = { ...text, description: "A place" };
    const declared = await declarationsOfBody(
      {
        type: "object",
        properties: { place: reference("Place"), number, either, each: { type: "array", items: text } },
      },
      { Place: place },
    );
    for (const line of [
      '/** A place. */\nexport type CombellPlace = "NL" | "US" | (string & {});',
      "  number?: 1 | 2 | (number & {});",
      '  either?: 1 | "1" | (number & {}) | (string & {}) | null;',
      '  each?: readonly ("NL" | "US" | (string & {}))[];',
    ]) {
      assert.ok(declared.includes(line), `${line}\nis not in\n${declared}`);
    }
  });

  test("need no name of their own in an answer", async () => {
    const get = operation("things.get", {}, text);
    const declared = await makeDeclarations(smallSpec({ "/things": { get } }));
    assert.match(declared, /: Call<"NL" \| "US" \| \(string & {}\)>;/);
  });

  test("are of text or numbers", async () => {
    const of = (/** @type {string} */ type) =>
      declarationsOfBody({ type: "object", properties: { a: { ...text, type } } });
    await assert.rejects(of("boolean"), /x-extensible-enum of boolean is not supported/);
  });
});

describe("types of params", () => {
  test("path, query and body are one object; what the client fills in is left out", async () => {
    const schema = {
      type: "object",
      required: ["action", "id", "size"],
      properties: {
        action: { const: "set" },
        id: { type: "string", "x-copy-of": "thing_id" },
        size: { ...reference("Size"), description: "How large it is to be" },
        note: { type: ["string", "null"] },
      },
    };
    const post = operation("things.set", {
      parameters: [
        { name: "thing_id", in: "path", required: true, schema: { type: "string" } },
        { name: "dry", in: "query", description: "Whether to only look.", schema: { type: "boolean" } },
      ],
      requestBody: body(schema),
    });
    const schemas = { Size: { type: "integer", minimum: 1, description: "A size." } };
    const text = await makeDeclarations(smallSpec({ "/things/{thing_id}": { post } }, { schemas }));
    assert.match(
      text,
      new RegExp(
        [
          "/\\*\\* What `things.set` takes. \\*/",
          "export interface ThingsSetParams {",
          "  thing_id: string;",
          "  /\\*\\* Whether to only look. \\*/",
          "  dry\\?: boolean;",
          "  /\\*\\* How large it is to be. A whole number. At least 1. \\*/",
          "  size: Size;",
          "  note\\?: string \\| null;",
          "}",
        ].join("\n"),
      ),
    );
    assert.match(text, /set\(params: ThingsSetParams, options\?: CallOptions\)/);
  });

  test("limits are said in words", async () => {
    const text = await declarationsOfBody({
      type: "object",
      properties: {
        code: { type: "string", minLength: 2, maxLength: 2, pattern: "^[A-Z]+$", description: "A code" },
        name: { type: "string", minLength: 1, default: "x" },
        when: { type: "string", format: "date-time" },
        size: { type: "integer", format: "int32", maximum: 9 },
        tags: { type: "array", minItems: 1, maxItems: 3, items: { type: "string", maxLength: 5 } },
        key: { type: "string", "x-secret": true, deprecated: true },
        flag: { type: "integer", enum: [0, 1] },
      },
    });
    for (const line of [
      "  /** A code. Exactly 2 characters. Matches `^[A-Z]+$`. */\n  code?: string;",
      '  /** At least 1 character. Default: "x". */\n  name?: string;',
      "  /** A time in ISO 8601. */\n  when?: string;",
      "  /** A whole number of 32 bits. At most 9. */\n  size?: number;",
      "  /** From 1 to 3 items. Each: At most 5 characters. */\n  tags?: readonly string[];",
      "  /**\n   * Secret: masked wherever it could be logged.\n   * @deprecated\n   */\n  key?: string;",
      "  flag?: 0 | 1;",
    ]) {
      assert.ok(text.includes(line), `${line}\nis not in\n${text}`);
    }
  });

  test("what stands in a description stays text", async () => {
    const description = "Minutes, */5 or @ for all. @see nothing";
    const text = await declarationsOfBody({
      type: "object",
      properties: { cron: { type: "string", description } },
    });
    assert.ok(text.includes("/** Minutes, *\\/5 or \\@ for all. \\@see nothing. */"), text);
  });

  test("arrays are readonly, but not those that an answer has too", async () => {
    const list = { type: "object", properties: { names: { type: "array", items: { type: "string" } } } };
    const post = operation(
      "things.set",
      {
        requestBody: body({
          type: "object",
          properties: { given: reference("Given"), both: reference("Both") },
        }),
      },
      reference("Both"),
    );
    const text = await makeDeclarations(
      smallSpec({ "/a": { post } }, { schemas: { Given: list, Both: list } }),
    );
    assert.match(text, /interface Given {\n {2}names\?: readonly string\[\];/);
    assert.match(text, /interface Both {\n {2}names\?: string\[\];/);
  });

  test("a value that is filled in deeper down is refused", async () => {
    const inner = { type: "object", properties: { kind: { const: "a" } } };
    const given = { type: "object", properties: { inner: reference("Inner") } };
    await assert.rejects(declarationsOfBody(given, { Inner: inner }), /Inner: kind is filled in/);
  });

  test("the client's PIN stands in for one that a call lacks", async () => {
    const text = await makeDeclarations(realSpec("hostkey"));
    const [reboot] = /export interface EqRebootParams {[^}]*}/.exec(text) ?? [""];
    assert.match(reboot, /PIN of the account\. Default: the client's `pin`; needed where it has none\./);
    assert.match(reboot, / {2}pin\?: number;/);
    assert.match(reboot, / {2}id: number;/);
    const [check] = /export interface EqCheckPinParams {[^}]*}/.exec(text) ?? [""];
    assert.match(check, / {2}old_pin: number;/);
  });
});

describe("names", () => {
  test("a schema that is called like something of ours is named after the client", async () => {
    const schemas = {
      Page: { type: "object", properties: { call: reference("Call") } },
      Call: { type: "object" },
    };
    const text = await declarationsOf(schemas);
    assert.match(text, /get\(.*\): Call<CombellPage>;/);
    assert.match(text, /export interface CombellPage {\n {2}call\?: CombellCall;\n}/);
  });

  test("and it is an error where that is taken too", async () => {
    const schemas = {
      Page: { type: "object", properties: { a: reference("CombellThings") } },
      CombellThings: {},
    };
    const text = await declarationsOf(schemas);
    assert.match(text, /export type CombellCombellThings = unknown;/);
    const clash = { CombellPage: { type: "object", properties: { page: reference("Page") } }, Page: {} };
    await assert.rejects(declarationsOf(clash), /no free name for a type: Page and CombellPage are taken/);
  });

  test("two members of one name are an error", async () => {
    const get = operation("a.b");
    const post = operation("a.b.c");
    await assert.rejects(
      makeDeclarations(smallSpec({ "/a": { get, post } })),
      /a would have two members called b/,
    );
    const jobs = { "x-jobs": { task: { operation: "a.get", id: "id", running: {}, done: {} } } };
    const wait = { "/a": { get: operation("a.get"), post: operation("a.wait") } };
    await assert.rejects(makeDeclarations(smallSpec(wait, jobs)), /two members called wait/);
    const bare = { "/a": { get: operation("ping") } };
    await assert.rejects(makeDeclarations(smallSpec(bare)), /needs a resource/);
  });

  test("the root leaves the providers' own types to their entries", () => {
    const text = rootDeclarations([{ name: "combell" }, { name: "artnet" }]);
    assert.match(text, /^export \* from ".\/errors.js";\nexport type \* from ".\/types.js";\n/);
    assert.match(text, / {2}Combell,\n {2}type CombellOptions,/);
    assert.match(
      text,
      / {2}type CombellSignatureInput,\n {2}signCombell,\n} from ".\/providers\/combell.js";/,
    );
    assert.match(text, / {2}Artnet,\n/);
    assert.throws(() => rootDeclarations([{ name: "nobody" }]), /nobody/);
  });
});

describe("jobs", () => {
  const state = { type: "object", properties: { status: { type: "string" } } };
  const schemas = {
    Started: { type: "object" },
    Running: state,
    Ended: { type: "object" },
    Outcome: { type: "object" },
  };
  const follow = operation("jobs.get", {
    parameters: [{ name: "job_id", in: "path", required: true, schema: { type: "string" } }],
    responses: {
      200: jsonAnswer(reference("Running")),
      201: jsonAnswer(reference("Ended")),
      303: { description: "Elsewhere.", headers: { Location: { required: true } } },
    },
  });

  /**
   * @param {object} job
   * @param {object} [async]
   */
  function declarationsOfJob(job, async = { id: "/id" }) {
    const post = operation("a.start", { "x-async": { kind: "task", ...async } }, reference("Started"));
    const jobs = { task: { operation: "jobs.get", id: "job_id", ...job } };
    const paths = { "/a": { post }, "/jobs/{job_id}": { get: follow } };
    return makeDeclarations(smallSpec(paths, { schemas, "x-jobs": jobs }));
  }

  /** @type {[string, object, string][]} */
  const rules = [
    ["by status", { running: { status: 200 }, done: { status: 303 } }, "Place, Running"],
    [
      "by value",
      { running: { pointer: "/status", values: ["on"] }, done: { pointer: "/status", values: ["off"] } },
      "Running, Running",
    ],
    [
      "by status, which counts before values elsewhere",
      { running: { status: 200 }, done: { status: 201, pointer: "/status", values: ["off"] } },
      "Ended, Running",
    ],
    [
      "by status and value",
      {
        running: { status: 200, pointer: "/status", values: ["on"], together: true },
        done: { status: 201 },
      },
      "Ended, Running",
    ],
    ["by a list of values", { status: "/status", running: ["on"], done: ["off"] }, "Running, Running"],
    ["by exclusion", { status: "/status", running: ["on"], otherwise: "done" }, "Running | Ended, Running"],
  ];
  for (const [name, job, types] of rules) {
    test(`states told ${name}`, async () => {
      const text = await declarationsOfJob(job);
      assert.ok(text.includes(`: JobCall<Started, ${types}>;`), text);
      const [result, progress] = types.split(", ");
      const wait = `  wait(params: JobsGetParams, options?: WaitOptions<${progress}>): Promise<${result}>;`;
      assert.ok(text.includes(wait), text);
    });
  }

  test("an operation may have a result of its own", async () => {
    const job = { running: { status: 200 }, done: { status: 201 } };
    const text = await declarationsOfJob(job, { id: "/id", answer: reference("Outcome") });
    assert.match(text, /: JobCall<Started, Outcome, Running>;/);
  });

  test("a state that no answer tells is an error", async () => {
    const job = { running: { status: 200 }, done: { status: 202 } };
    await assert.rejects(declarationsOfJob(job), /x-jobs\.task: no answer of jobs\.get says done/);
  });

  test("the place of a job names it as the job's operation does", async () => {
    const responses = { 202: { description: "Later.", headers: { Location: { required: true } } } };
    const post = operation("a.start", { responses, "x-async": { kind: "big-task", location: "Location" } });
    const job = { operation: "jobs.get", id: "job_id", running: { status: 200 }, done: { status: 201 } };
    const paths = { "/a": { post }, "/jobs/{job_id}": { get: follow } };
    const text = await makeDeclarations(smallSpec(paths, { schemas, "x-jobs": { "big-task": job } }));
    assert.match(text, /: JobCall<StartedBigTask, Ended, Running>;/);
    assert.match(text, /export interface StartedBigTask {[^}]*location: string;[^}]*job_id: string;\n}/);
  });
});
