// Combell refuses a signature: the other reading of its recipe may be the right one.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { rejection } from "./rejection.js";
import { RECORD, setUp } from "./setup.js";

const { combell, sandbox, client, sent, nonces } = await setUp();

const unauthorized = { type: /** @type {const} */ ("status"), status: 401 };
// Both readings of the recipe say the same about the one, and not about the other.
const alike = { ...RECORD };
const different = { ...RECORD, domain_name: "bücher.example" };

describe("a 401", () => {
  it("is final where the signature can be read in one way only", async () => {
    sandbox.misbehave({ fault: unauthorized });
    const error = await rejection(client().dnsRecords.create(alike));
    assert.ok(error instanceof combell.AuthenticationError);
    assert.match(error.message, /key.*clock.*allow list/s);
    assert.equal(sandbox.requests.length, 1);
  });

  it("is followed by the other reading, whatever the effect: nothing was done", async () => {
    sandbox.configure({ reading: "document" });
    await client().dnsRecords.create(different);
    assert.deepEqual(sent(), ["dnsRecords.create", "dnsRecords.create"]);
    assert.equal(new Set(nonces()).size, 2);
  });

  it("to both readings is an AuthenticationError", async () => {
    sandbox.misbehave({ fault: unauthorized, times: "always" });
    const error = await rejection(client().dnsRecords.create(different));
    assert.ok(error instanceof combell.AuthenticationError);
    assert.equal(error.attempts, 2);
    assert.equal(sandbox.requests.length, 2);
  });

  it("teaches a client the reading that works, and no other client", async () => {
    sandbox.configure({ reading: "document" });
    const [one, other] = [client(), client()];
    for (const [api, attempts] of [
      [one, 2],
      [one, 1],
      [other, 2],
    ]) {
      const { response } = await api.dnsRecords.list({ domain_name: "bücher.example" }).withResponse();
      assert.equal(response.attempts, attempts);
    }
  });

  it("teaches it to calls that run at the same time", async () => {
    sandbox.configure({ reading: "document" });
    const api = client();
    const list = () => api.dnsRecords.list({ domain_name: "bücher.example" });
    for (const calls of [10, 7]) {
      const results = await Promise.allSettled(Array.from({ length: calls }, list));
      assert.deepEqual(
        results.filter(({ status }) => status === "rejected"),
        [],
      );
    }
    assert.equal((await list().withResponse()).response.attempts, 1);
  });

  it("teaches it anew where the provider changes its mind", async () => {
    const api = client();
    for (const reading of ["document", "client", "document"]) {
      sandbox.configure({ reading });
      await api.dnsRecords.list({ domain_name: "bücher.example" });
    }
  });
});
