import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { loadSpec, propertiesOf, readSpec } from "../spec.js";

describe("the spec loader", () => {
  it("reads all operations of the five providers", () => {
    const counts = Object.fromEntries(
      ["combell", "hostkey", "ccloud", "artnet", "combahton"].map((provider) => {
        const { operations, basePath } = loadSpec(provider);
        return [provider, [operations.size, basePath]];
      }),
    );
    assert.deepEqual(counts, {
      combell: [75, ""],
      hostkey: [148, ""],
      ccloud: [83, "/api/v1"],
      artnet: [93, "/api"],
      combahton: [32, ""],
    });
  });

  it("gives each operation its parameters, body and answers", () => {
    const { operations } = loadSpec("combell");
    const operation = operations.get("linuxHostings.createHostHeader") ?? assert.fail();
    assert.equal(operation.method, "POST");
    assert.deepEqual(operation.segments.slice(0, 3), [
      { literal: "v2" },
      { literal: "linuxhostings" },
      { variable: "hosting_domain_name" },
    ]);
    assert.deepEqual(
      operation.parameters.map(({ name, in: where, required }) => [name, where, required]),
      [
        ["hosting_domain_name", "path", true],
        ["site_name", "path", true],
      ],
    );
    assert.equal(operation.body?.mediaType, "application/json");
    assert.ok(operation.responses.get("201")?.headers.has("location"));
    assert.deepEqual([operation.effect, operation.idempotent], ["write", false]);
  });

  it("cuts off the fragment that makes a path unique", () => {
    const reboot = loadSpec("hostkey").operations.get("eq.reboot") ?? assert.fail();
    assert.deepEqual([reboot.path, reboot.template], ["/eq.php", "/eq.php#reboot"]);
  });

  it("merges parameters of path and operation, and what stands beside a $ref", () => {
    const spec = readSpec(
      "made-up",
      `
servers: [{url: https://example.com/base/}]
paths:
  /a~b/{id}:
    parameters:
      - {name: id, in: path, required: true, schema: {type: string}}
      - {name: page, in: query, schema: {type: integer}}
    get:
      operationId: a.get
      x-effect: read
      parameters:
        - {name: id, in: path, required: true, schema: {$ref: '#/components/schemas/Id', description: Mine.}}
      responses: {default: {$ref: '#/components/responses/Any'}}
components:
  responses: {Any: {content: {application/json: {schema: {$ref: '#/components/schemas/Both'}}}}}
  schemas:
    Id: {type: integer, description: Theirs.}
    One: {type: object, properties: {one: {type: string}}}
    Both: {allOf: [{$ref: '#/components/schemas/One'}, {properties: {two: {type: string}}}]}
`,
    );
    assert.equal(spec.basePath, "/base");
    const { parameters, responses } = spec.operations.get("a.get") ?? assert.fail();
    assert.deepEqual(
      parameters.map(({ name }) => name),
      ["id", "page"],
    );
    const id = parameters[0]?.schema ?? assert.fail();
    assert.deepEqual(spec.resolve(id).node, { type: "integer", description: "Mine." });
    assert.deepEqual(spec.at(id.pointer).node, id.node);
    const both = responses.get("default")?.content.get("application/json") ?? assert.fail();
    assert.deepEqual([...propertiesOf(spec, both).keys()], ["one", "two"]);
  });
});
