// A store that keeps tokens for other instances of a program, and one that does not do as it should.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { reveals } from "../package/leaks.js";
import { START, setUp, watch } from "./setup.js";

const { sandbox, client, clientWith, clock, sent } = await setUp("hostkey");
const LOGIN = "auth.login";
const logins = () => sent().filter((name) => name === LOGIN).length;

/** @param {{ [name: string]: unknown }} [broken] functions in place of the right ones */
function memory(broken) {
  /** @type {Map<string, string>} */
  const values = new Map();
  /** @type {[key: string, value: string, ttlSeconds: number][]} */
  const sets = [];
  const store = {
    get: async (/** @type {string} */ key) => values.get(key) ?? null,
    set: async (/** @type {string} */ key, /** @type {string} */ value, /** @type {number} */ ttl) => {
      sets.push([key, value, ttl]);
      values.set(key, value);
    },
    delete: async (/** @type {string} */ key) => void values.delete(key),
    ...broken,
  };
  return { store, values, sets };
}

/** @param {string} value what is stored whatever the key is */
const holding = (value) => memory({ get: async () => value });

describe("a token store", () => {
  it("spares the second client the login", async () => {
    const { store } = memory();
    await client({ tokenStore: store }).eq.list({});
    await client({ tokenStore: store }).eq.list({});
    await Promise.all(Array.from({ length: 10 }, () => client({ tokenStore: store }).eq.list({})));
    assert.equal(logins(), 1);
  });

  it("is asked once by calls at the same time", async () => {
    let asked = 0;
    const { store } = memory({ get: () => void asked++ });
    const api = client({ tokenStore: store });
    await Promise.all(Array.from({ length: 10 }, () => api.eq.list({})));
    assert.deepEqual([asked, logins()], [1, 1]);
  });

  it("may answer at once, without a promise", async () => {
    const { store, values } = memory();
    const plain = {
      get: (/** @type {string} */ key) => values.get(key),
      set: (/** @type {string} */ key, /** @type {string} */ value) => void values.set(key, value),
      delete: () => undefined,
    };
    await client({ tokenStore: plain }).eq.list({});
    await client({ tokenStore: store }).eq.list({});
    assert.equal(logins(), 1);
  });

  it("may be an object with methods that need it", async () => {
    class Store {
      values = new Map();
      get(/** @type {string} */ key) {
        return this.values.get(key);
      }
      set(/** @type {string} */ key, /** @type {string} */ value) {
        this.values.set(key, value);
      }
      delete(/** @type {string} */ key) {
        this.values.delete(key);
      }
    }
    const tokenStore = new Store();
    const { retries, observers } = watch();
    await client({ tokenStore, ...observers }).eq.list({});
    await client({ tokenStore, ...observers }).eq.list({});
    assert.deepEqual([logins(), retries], [1, []]);
  });

  it("is told a key without a credential in it, and how long the value is good for", async () => {
    const { store, sets } = memory();
    await client({ tokenStore: store }).eq.list({});
    const [[key, value, ttl] = ["", "", 0]] = sets;
    assert.match(key, /^hostwire:hostkey:[0-9a-f]{32}$/);
    assert.ok(!reveals(key, sandbox.credentials.apiKey));
    assert.ok(!reveals(value, sandbox.credentials.apiKey));
    assert.deepEqual([sets.length, ttl], [1, 7140]);
    assert.match(JSON.parse(value).token, /^[0-9a-f]{32}$/);
  });

  it("has another key for other credentials and another address", async () => {
    const { store, sets } = memory();
    await client({ tokenStore: store }).eq.list({});
    await client({ tokenStore: store, baseUrl: sandbox.url.replace("127.0.0.1", "localhost") }).eq.list({});
    await clientWith({ apiKey: "other-key", tokenStore: store })
      .eq.list({})
      .catch(() => undefined);
    assert.equal(new Set(sets.map(([key]) => key)).size, 2);
    assert.equal(logins(), 3);
  });

  it("is not used for a token that is given", async () => {
    const { store, sets } = memory({ get: () => assert.fail("asked") });
    await clientWith({ token: "given", tokenStore: store })
      .eq.list({})
      .catch(() => undefined);
    assert.deepEqual([sets, logins()], [[], 0]);
  });

  it("has the new token after one was refused", async () => {
    const { store, sets } = memory();
    const [one, other] = [client({ tokenStore: store }), client({ tokenStore: store })];
    await one.eq.list({});
    await other.eq.list({});
    sandbox.expireTokens();
    await one.eq.list({});
    await other.eq.list({});
    assert.deepEqual([logins(), sets.length], [2, 2], "the other client takes what the first has stored");
  });

  it("loses a token that was refused where there is no other", async () => {
    const { store, values } = memory();
    const api = client({ tokenStore: store });
    await api.eq.list({});
    sandbox.expireTokens();
    sandbox.misbehave({ operation: LOGIN, times: "always", fault: { type: "status", status: 403 } });
    await api.eq.list({}).catch(() => undefined);
    assert.equal(values.size, 0);
  });
});

describe("a token store that", () => {
  const fails = () => {
    throw new Error("the store is down");
  };
  const rejects = async () => fails();
  const hangs = () => new Promise(() => {});
  /** @type {{ [what: string]: { [name: string]: unknown } }} */
  const BROKEN = {
    "throws when it is asked": { get: fails },
    "rejects when it is asked": { get: rejects },
    "throws what is no error": {
      get: () => {
        throw null;
      },
    },
    "throws when it is to keep": { set: fails },
    "rejects when it is to keep": { set: rejects },
    "throws always": { get: fails, set: fails, delete: fails },
    "hangs when it is asked": { get: hangs },
    "hangs when it is to keep": { set: hangs },
  };
  for (const [what, broken] of Object.entries(BROKEN)) {
    it(`${what} costs a login, not the call, and onRetry hears of it`, async () => {
      const { retries, observers } = watch();
      const isHanging = what.startsWith("hangs");
      const api = client({
        tokenStore: memory(broken).store,
        ...observers,
        ...(isHanging && { timeoutMs: 500 }),
      });
      await api.eq.list({});
      await api.eq.list({});
      assert.equal(logins(), 1);
      assert.ok(retries.length > 0);
      assert.ok(retries.every(({ reason }) => reason.startsWith("TokenStoreError: ")));
    });
  }

  const LATER = START + 3_600_000;
  /** @type {{ [what: string]: any }} */
  const GARBAGE = {
    "text that is no JSON": "garbage",
    "an empty text": "",
    null: "null",
    "a number": 42,
    "an object": { token: "abc", expires: LATER },
    "JSON without a token": "{}",
    "a token that is no text": JSON.stringify({ token: 5, expires: LATER }),
    "a token with a line break": JSON.stringify({ token: "a\r\nb", expires: LATER }),
    "a token without an end": JSON.stringify({ token: "abc" }),
    "a token whose end is no number": JSON.stringify({ token: "abc", expires: "tomorrow" }),
  };
  for (const [what, value] of Object.entries(GARBAGE)) {
    it(`gives garbage, ${what}: the call works, and onRetry hears of it`, async () => {
      const { retries, observers } = watch();
      await client({ tokenStore: holding(value).store, ...observers }).eq.list({});
      assert.deepEqual(sent(), [LOGIN, "eq.list"]);
      assert.equal(retries.length, 1);
      assert.match(retries[0].reason, /^TokenStoreError: /);
    });
  }

  it("gives a token that nobody knows: it is refused, renewed and not taken again", async () => {
    const { retries, observers } = watch();
    const lie = JSON.stringify({ token: "nobody-knows-this", expires: LATER });
    const api = client({ tokenStore: holding(lie).store, ...observers });
    await api.eq.list({});
    await api.eq.list({});
    assert.deepEqual(sent(), ["eq.list", LOGIN, "eq.list", "eq.list"]);
    assert.deepEqual(
      retries.map(({ reason }) => reason),
      ["AuthenticationError"],
    );
  });

  it("gives a token that has ended: it is not used", async () => {
    const ended = JSON.stringify({ token: "ended", expires: START });
    await client({ tokenStore: holding(ended).store }).eq.list({});
    assert.deepEqual(sent(), [LOGIN, "eq.list"]);
  });

  it("claims that an ended token holds: it is renewed", async () => {
    const { store, values } = memory();
    await client({ tokenStore: store }).eq.list({});
    for (const [key, value] of values) {
      values.set(key, JSON.stringify({ ...JSON.parse(value), expires: START + 1e12 }));
    }
    clock.ms += 8_000_000;
    await client({ tokenStore: store }).eq.list({});
    assert.equal(logins(), 2);
  });
});
