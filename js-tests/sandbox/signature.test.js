import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { loadSpec } from "../spec.js";
import { sign, stringToSign } from "./combell/signature.js";
import { authorization } from "./raw-client.js";

/**
 * @typedef {{ stringToSign: string, authorization: string }} Expected
 *
 * @typedef {Expected & {
 *   apiKey: string, apiSecret: string, method: string, pathAndQuery: string, body: string, timestamp: number,
 *   nonce: string, readings?: { document: Expected, client: Expected },
 * }} Example
 */

const signing = /** @type {{ examples: Example[] }} */ (loadSpec("combell").document["x-signing"]);
const READINGS = /** @type {const} */ (["document", "client"]);

describe("Combell's signature", () => {
  for (const [index, example] of signing.examples.entries()) {
    for (const reading of READINGS) {
      const { apiKey, apiSecret, method, pathAndQuery, nonce } = example;
      const expected = example.readings?.[reading] ?? example;
      const timestamp = String(example.timestamp);

      it(`is that of example ${index + 1} of the spec, ${reading} reading`, () => {
        const [path = "", query = ""] = pathAndQuery.split("?");
        const body = Buffer.from(example.body);
        const text = stringToSign(reading, { apiKey, method, path, query, timestamp, nonce, body });
        assert.equal(text, expected.stringToSign);
        const value = `hmac ${apiKey}:${sign(apiSecret, text)}:${nonce}:${timestamp}`;
        assert.equal(value, expected.authorization);
      });

      it(`is that of example ${index + 1} in the tests' own client, ${reading} reading`, () => {
        const signedWith = { apiKey, apiSecret, timestamp, nonce };
        const value = authorization(method, pathAndQuery, example.body, signedWith, reading);
        assert.equal(value, expected.authorization);
      });
    }
  }

  const signed = { apiKey: "k", method: "GET", query: "", timestamp: "1", nonce: "n", body: Buffer.alloc(0) };

  it("decodes a plus to a space and leaves what only looks like an escape, as PHP does", () => {
    const path = "/v2/a+b%zz%41";
    assert.equal(stringToSign("client", { ...signed, path }), "kget%2Fv2%2Fa+b%25zzA1n");
    assert.equal(stringToSign("document", { ...signed, path }), "kget%2Fv2%2Fa%2Bb%25zz%25411n");
  });

  it("escapes what PHP's urlencode escapes and no more", () => {
    const path = "/v2/-_.~!*'()@:";
    const escaped = "kget%2Fv2%2F-_.%7E%21%2A%27%28%29%40%3A1n";
    for (const reading of READINGS) assert.equal(stringToSign(reading, { ...signed, path }), escaped);
  });
});
