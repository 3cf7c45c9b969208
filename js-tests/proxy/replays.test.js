// Requests that arrive again: what changes something is carried out once.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { DOMAIN, kindOf, OTHER_TOKEN, read, setUp } from "./setup.js";

const { start, sent } = await setUp();
const MANY = 200;
const OTHER = { authorization: `Bearer ${OTHER_TOKEN}` };
/** @param {Awaited<ReturnType<typeof read>>} answer */
const refusal = (answer) => [answer.status, kindOf(answer)];

describe("A request that arrives again", () => {
  const ID = "request-id-0123456789";
  const RECORD = { ...DOMAIN, type: "A", record_name: "www9", content: "192.0.2.9" };
  const create = {
    operation: "combell/dnsRecords.create",
    params: RECORD,
    headers: { "hostwire-request-id": ID },
  };

  it("is carried out once, of many at once", async () => {
    const { call } = await start({ limits: { rate: false, concurrency: MANY } });
    const answers = await Promise.all(Array.from({ length: MANY }, async () => read(await call(create))));
    const refused = answers.filter(({ status }) => status !== 200 && status !== 204);
    assert.equal(refused.length, MANY - 1);
    for (const answer of refused) assert.deepEqual(refusal(answer), [409, "ConflictError proxy_repeated"]);
    assert.deepEqual(sent(), ["dnsRecords.create"]);
  });

  it("is another one where another caller sends it, or where it only reads", async () => {
    const { call } = await start();
    assert.ok((await call(create)).ok);
    const others = { ...create.headers, ...OTHER };
    assert.ok((await call({ ...create, params: { ...RECORD, record_name: "www8" }, headers: others })).ok);
    for (const _ of [1, 2]) assert.ok((await call({ headers: create.headers })).ok);
    assert.equal(sent().length, 4);
  });

  it("cannot use up the id of a call that was refused", async () => {
    const { call } = await start();
    assert.equal((await call({ ...create, params: { ...RECORD, type: "TXT" } })).status, 403);
    assert.ok((await call(create)).ok);
  });

  it("has an id of letters and digits, neither short nor long", async () => {
    const { call } = await start();
    for (const id of [
      "short",
      "x".repeat(65),
      "with spaces 0123456789",
      "__proto__",
      "a,b,c,d,e,f,g,h,i",
      "\xe9".repeat(20),
    ]) {
      const answer = await read(await call({ ...create, headers: { "hostwire-request-id": id } }));
      assert.deepEqual(refusal(answer), [400, "ValidationError proxy_request_id"], id);
    }
    assert.deepEqual(sent(), []);
  });
});
