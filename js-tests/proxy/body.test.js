// Bodies that are slow, endless or broken off, and those that are just as large as they may be.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { DOMAIN, kindOf, rawProblem, rawStatus, read, requestOf, sendRaw, setUp } from "./setup.js";
import { rawHead } from "./waiting.js";

const { make, start, sent } = await setUp();
const HOST = "http://proxy.example";

/** @param {any} proxy @param {import("./setup.js").Ask} [ask] */
const ask = async (proxy, ask) => await read(await proxy.fetch(requestOf(HOST, ask)));
/** @param {Awaited<ReturnType<typeof read>>} answer */
const refusal = (answer) => [answer.status, kindOf(answer)];

describe("A body", () => {
  const SLOW = [408, "ApiError proxy_body_too_slow"];

  it("that stops half way is waited for no longer than the limit says", async () => {
    const { url } = await start({ limits: { bodyTimeoutMs: 50 } });
    const whole = '{"domain_name":"example.com"}';
    for (const length of ["content-length: 29", "transfer-encoding: chunked"]) {
      const part = length.startsWith("t") ? `5\r\n${whole.slice(0, 5)}\r\n` : whole.slice(0, 28);
      const text = await sendRaw(url, [rawHead(url, length), part]);
      const data = rawProblem(text);
      assert.deepEqual([rawStatus(text), kindOf({ data })], SLOW);
      assert.match(text, /^connection: close/im);
    }
    assert.deepEqual(sent(), []);
  });

  it("that drips has no more time for each drop", async () => {
    const { proxy } = make({ limits: { bodyTimeoutMs: 100 } });
    let drops = 0;
    const body = new ReadableStream({
      async pull(controller) {
        await new Promise((resolve) => setTimeout(resolve, 5));
        drops++;
        controller.enqueue(new TextEncoder().encode(" "));
      },
    });
    assert.deepEqual(refusal(await ask(proxy, { body })), SLOW);
    assert.ok(drops > 0 && drops < 100);
    assert.deepEqual(sent(), []);
  });

  it("that never ends is read no further than the limit says", async () => {
    const { proxy } = make({ limits: { bodyBytes: 1000 } });
    let pulled = 0;
    let isCancelled = false;
    const body = new ReadableStream({
      pull(controller) {
        pulled += 100;
        controller.enqueue(new Uint8Array(100).fill(32));
      },
      cancel() {
        isCancelled = true;
      },
    });
    assert.deepEqual(refusal(await ask(proxy, { body })), [413, "ApiError proxy_body_too_large"]);
    assert.ok(pulled < 5000, String(pulled));
    assert.ok(isCancelled);
  });

  it("that breaks off is refused, and the proxy goes on", async () => {
    const { proxy } = make();
    const body = new ReadableStream({
      start(controller) {
        controller.error(new Error("gone"));
      },
    });
    assert.deepEqual(refusal(await ask(proxy, { body })), [400, "ValidationError proxy_body"]);
    assert.equal((await ask(proxy)).status, 200);
  });

  it("of just the size, and just the depth, is read", async () => {
    const { proxy } = make();
    const text = JSON.stringify(DOMAIN);
    assert.equal((await ask(proxy, { body: Buffer.from(text.padEnd(1 << 20)) })).status, 200);
    const nested = `{"domain_name":${"[".repeat(31)}${"]".repeat(31)}}`;
    assert.deepEqual(refusal(await ask(proxy, { body: Buffer.from(nested) })), [400, "InputError"]);
  });

  it("may have names twice in different objects, and anything in texts", async () => {
    const { proxy } = make({ allow: { combell: ["domains.get"] } });
    for (const name of ['{"a":1,"a":2}', '"__proto__":1', "\\", '\\"', "[[[[", "\u2028"]) {
      const answer = await ask(proxy, { operation: "combell/domains.get", params: { domain_name: name } });
      assert.notEqual(kindOf(answer), "ValidationError proxy_body", name);
    }
    const body = Buffer.from('{"x":{"a":1},"y":{"a":1},"z":[{"a":1},{"a":1}],"a":1}');
    const answer = await ask(proxy, { operation: "combell/domains.get", body });
    assert.deepEqual(refusal(answer), [400, "InputError"]);
  });

  it("may be left out, and may begin with a mark of its byte order", async () => {
    const { proxy } = make({ allow: { combell: ["servicepacks.list"] } });
    for (const body of ["", " \n", "\ufeff{}"]) {
      const answer = await ask(proxy, { operation: "combell/servicepacks.list", body: Buffer.from(body) });
      assert.equal(answer.status, 200);
    }
  });
});
