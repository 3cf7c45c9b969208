// Who is calling: nobody but whom authorize names, and a shared token is found by the same work for all.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { kindOf, read, requestOf, setUp } from "./setup.js";

const { make, sent, proxies } = await setUp();

describe("Who is calling", () => {
  /** @type {[string, () => unknown][]} */
  const nobody = [
    ["undefined", () => undefined],
    ["null", () => null],
    ["false", () => false],
    ["an empty name", () => ""],
    ["0", () => 0],
    ["NaN", () => Number.NaN],
    ["an answer", () => new Response("no", { status: 401 })],
    ["an error", () => new Error("no")],
    ["a promise of nothing", async () => undefined],
  ];
  for (const [name, authorize] of nobody) {
    it(`is nobody where authorize gives ${name}`, async () => {
      const { proxy, events } = make({ authorize });
      const answer = await read(await proxy.fetch(requestOf("http://proxy.example")));
      assert.deepEqual([answer.status, kindOf(answer)], [401, "AuthenticationError proxy_unauthorized"]);
      assert.deepEqual(
        events.denied.map(({ code, caller }) => [code, caller]),
        [["unauthorized", undefined]],
      );
      assert.deepEqual(sent(), []);
    });
  }

  it("is nobody where authorize throws whatever, and the caller does not learn why", async () => {
    for (const thrown of [new Error("at db.internal"), "at db.internal", null, Object.create(null)]) {
      for (const authorize of [() => Promise.reject(thrown), throwing(thrown)]) {
        const { proxy, events } = make({ authorize });
        const answer = await read(await proxy.fetch(requestOf("http://proxy.example")));
        assert.deepEqual(
          [answer.status, kindOf(answer)],
          [401, "AuthenticationError proxy_authorize_failed"],
        );
        assert.doesNotMatch(answer.all, /internal/);
        assert.equal(events.denied[0].cause, thrown);
      }
    }
    assert.deepEqual(sent(), []);
  });

  it("is asked with what fetch was given", async () => {
    /** @type {unknown[]} */
    const seen = [];
    const authorize = (/** @type {Request} */ request, /** @type {unknown[]} */ ...context) => {
      seen.push(request instanceof Request, ...context);
      return "somebody";
    };
    const { proxy } = make({ authorize });
    assert.equal((await proxy.fetch(requestOf("http://proxy.example"), "env", "context")).status, 200);
    assert.deepEqual(seen, [true, "env", "context"]);
  });

  it("cannot be made up by an authorize that reads the body: the call fails", async () => {
    const authorize = async (/** @type {Request} */ request) => (await request.json()) && "somebody";
    const { proxy } = make({ authorize });
    assert.ok((await proxy.fetch(requestOf("http://proxy.example"))).status >= 400);
    assert.deepEqual(sent(), []);
  });
});

describe("A shared token", () => {
  it("is found by the same work for every request: all tokens are digested, and all digests are read to the end", async () => {
    const tokens = ["first-token-0123456789", "second-token-0123456789", "third-token-0123456789"];
    const authorize = proxies.bearerTokens(
      tokens.map((token, caller) => ({ token, caller: `caller ${caller}` })),
    );
    const given = [...tokens, "x", "", "first-token-012345678x", `${tokens[0]}x`, "x".repeat(5000)];
    const work = [];
    const found = [];
    for (const token of given) {
      const { result, count } = await counted(() =>
        authorize(new Request("http://proxy.example", { headers: { authorization: `Bearer ${token}` } })),
      );
      found.push(result);
      work.push(count);
    }
    assert.deepEqual(found.slice(0, 3), ["caller 0", "caller 1", "caller 2"]);
    assert.deepEqual(found.slice(3), [undefined, undefined, undefined, undefined, undefined]);
    assert.equal(new Set(work).size, 1, work.join());
    assert.match(String(work[0]), /^4 digests, 96 bytes$/);
  });

  it("of no use is refused when the proxy is made", () => {
    for (const token of [undefined, "", "short", null, 1234567890123456, ["x".repeat(20)]]) {
      assert.throws(() => proxies.bearerTokens([{ token, caller: "a" }]), { name: "InputError" });
    }
    const twice = [1, 2].map((caller) => ({ token: "the-same-token-0123456789", caller }));
    assert.throws(() => proxies.bearerTokens(twice), { name: "InputError" });
  });
});

/** @param {unknown} thrown @returns {() => never} */
function throwing(thrown) {
  return () => {
    throw thrown;
  };
}

/**
 * What a function gives, and how many digests it had made and how many of their bytes it read.
 *
 * @template T
 * @param {() => Promise<T>} work
 */
async function counted(work) {
  const { subtle } = crypto;
  const original = subtle.digest;
  let digests = 0;
  /** @type {Map<unknown, number>} */
  const reads = new Map();
  const Bytes = globalThis.Uint8Array;
  subtle.digest = (...args) => {
    digests++;
    return original.apply(subtle, args);
  };
  // The digests are wrapped into arrays of bytes: these tell how they are read.
  globalThis.Uint8Array = new Proxy(Bytes, {
    construct(target, args, newTarget) {
      const made = Reflect.construct(target, args, newTarget);
      if (!(args[0] instanceof ArrayBuffer)) return made;
      return new Proxy(made, {
        get(bytes, name) {
          if (typeof name === "string" && /^\d+$/.test(name)) reads.set(bytes, (reads.get(bytes) ?? 0) + 1);
          return Reflect.get(bytes, name, bytes);
        },
      });
    },
  });
  try {
    const result = await work();
    // The digest of what was given is read once for each token; those of the tokens to their end.
    const bytes = [...reads.values()].filter((count) => count === 32).length * 32;
    return { result, count: `${digests} digests, ${bytes} bytes` };
  } finally {
    subtle.digest = original;
    globalThis.Uint8Array = Bytes;
  }
}
