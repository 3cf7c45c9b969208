import assert from "node:assert/strict";
import { test } from "node:test";
import { operation, PROVIDERS, realSpec, reference, smallSpec } from "./fixture.mjs";
import { secretFields } from "./secret-fields.mjs";

const SECRET = { type: "string", "x-secret": true };

test("secrets are found wherever they are in an answer", () => {
  const tree = {
    type: "object",
    properties: {
      password: SECRET,
      open: { type: "string" },
      "a/b~c": SECRET,
      list: {
        type: "array",
        items: { anyOf: [{ type: "object", properties: { key: SECRET } }, { type: "null" }] },
      },
      map: { type: "object", additionalProperties: SECRET },
      child: reference("Tree"),
    },
    patternProperties: { "[Pp]ass/?": SECRET },
  };
  const paths = {
    "/a": { get: operation("a.get", {}, reference("Tree")) },
    "/b": { get: operation("b.get", {}, SECRET) },
    "/c": { get: operation("c.get") },
  };
  assert.deepEqual(secretFields(smallSpec(paths, { schemas: { Tree: tree } })), {
    "a.get": ["/?[Pp]ass~1?", "/a~1b~0c", "/list/*/key", "/map/*", "/password"],
    "b.get": [""],
  });
});

test("the answers that give passwords, tokens and consoles are known", () => {
  const found = Object.fromEntries(PROVIDERS.map((provider) => [provider, secretFields(realSpec(provider))]));
  assert.deepEqual(found.combell?.["sslCertificates.download"], [""]);
  assert.deepEqual(found.hostkey?.["auth.login"], ["/result/token", "/token"]);
  assert.deepEqual(found.ccloud?.["servers.password.get"], ["/*/password"]);
  assert.deepEqual(found.artnet?.["customer.regenerateApiKey"], ["/api_key"]);
  assert.deepEqual(found.combahton?.["kvm.server.vnc"], ["/?[Pp]ass"]);
});
