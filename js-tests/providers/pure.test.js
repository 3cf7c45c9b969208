// Parts of the runtime that need no core: names that were meant, pages, states of jobs, JSON and files.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { importSources } from "./pure.js";

const { nearest, nextParams, stateOf, repairJson, findFile, askedWait, rateLimit } = await importSources(
  "suggest",
  "page",
  "job",
  "repair-json",
  "find-file",
  "limits",
);

describe("the nearest name", () => {
  const KNOWN = ["domain_name", "domain", "type", "content", "ttl", "priority", "accountId"];
  for (const [given, meant] of /** @type {const} */ ([
    ["domainName", "domain_name"],
    ["domain-name", "domain_name"],
    ["DOMAIN_NAME", "domain_name"],
    ["domian_name", "domain_name"],
    ["contnet", "content"],
    ["conten", "content"],
    ["pri", "priority"],
    ["account_id", "accountId"],
    ["tll", "ttl"],
    ["typ", "type"],
    ["zzzzzz", undefined],
    ["", undefined],
    ["_", undefined],
    ["x".repeat(65), undefined],
  ])) {
    it(`to "${given.slice(0, 20)}" is ${meant}`, () => assert.equal(nearest(given, KNOWN), meant));
  }

  it("is the name itself where it is known, and none where none is", () => {
    for (const name of KNOWN) assert.equal(nearest(name, KNOWN), name);
    assert.equal(nearest("Domain", KNOWN), "domain", "not a longer one that begins like it");
    assert.equal(nearest("domain", []), undefined);
  });

  it("is always one of the known, and found whatever they are", () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string()), (given, known) => {
        const meant = nearest(given, known);
        assert.ok(meant === undefined || known.includes(meant));
      }),
    );
  });

  it("is found for a name with one letter too many, one too few or another one", () => {
    const name = fc.stringMatching(/^[a-z]{4,20}$/);
    fc.assert(
      fc.property(name, fc.nat(), (known, at) => {
        const index = at % known.length;
        const [head, tail] = [known.slice(0, index), known.slice(index + 1)];
        for (const given of [head + tail, `${head}q${tail}`, `${head}q${known.slice(index)}`]) {
          assert.equal(nearest(given, [known]), known);
        }
      }),
    );
  });
});

describe("the next page", () => {
  for (const [style, place, size] of /** @type {const} */ ([
    ["skip-take", "skip", "take"],
    ["limit-offset", "offset", "limit"],
  ])) {
    it(`of ${style} begins after what was seen`, () => {
      const other = { filter: "x" };
      assert.deepEqual(nextParams(style, other, 25, undefined), { ...other, [place]: 25 });
      assert.deepEqual(nextParams(style, { [size]: 10 }, 10, undefined), { [size]: 10, [place]: 10 });
      assert.deepEqual(nextParams(style, { [size]: 10, [place]: 5 }, 10, undefined), {
        [size]: 10,
        [place]: 15,
      });
      assert.deepEqual(nextParams(style, { [size]: "10", [place]: "5" }, 10, 16), {
        [size]: "10",
        [place]: 15,
      });
      assert.equal(nextParams(style, { [size]: 10, [place]: 5 }, 10, 15), undefined);
      assert.deepEqual(nextParams(style, { [size]: 10 }, 4, 20), { [size]: 10, [place]: 4 });
    });
  }

  it("of limit-page is the next number, and the first is 1", () => {
    assert.deepEqual(nextParams("limit-page", {}, 25, undefined), { page: 2 });
    assert.deepEqual(nextParams("limit-page", { limit: 10, page: 3 }, 10, undefined), { limit: 10, page: 4 });
    assert.deepEqual(nextParams("limit-page", { limit: "10", page: "3" }, 10, undefined), {
      limit: "10",
      page: 4,
    });
    assert.equal(nextParams("limit-page", { limit: 10, page: 3 }, 10, 30), undefined);
    assert.deepEqual(nextParams("limit-page", { limit: 10, page: 3 }, 10, 31), { limit: 10, page: 4 });
  });

  it("does not follow an empty one, whatever the total claims", () => {
    for (const style of ["skip-take", "limit-offset", "limit-page"]) {
      assert.equal(nextParams(style, {}, 0, 1000), undefined);
      assert.equal(nextParams(style, { limit: 0, take: 0 }, 0, undefined), undefined);
    }
  });

  it("changes no param that it was given", () => {
    const params = Object.freeze({ limit: 10, offset: 5 });
    assert.notEqual(nextParams("limit-offset", params, 10, undefined), params);
    assert.deepEqual(params, { limit: 10, offset: 5 });
  });

  const style = fc.constantFrom("skip-take", "limit-offset", "limit-page");
  const asked = fc.option(fc.integer({ min: 1, max: 50 }), { nil: undefined });

  /**
   * Walks a list of so many items, of which a page has at most `most`.
   *
   * @param {string} style
   * @param {{ count: number, asked: number | undefined, most: number, total: number | undefined }} list
   */
  function walk(style, { count, asked, most, total }) {
    const [place, size] = /** @type {{ [style: string]: [string, string] }} */ ({
      "skip-take": ["skip", "take"],
      "limit-offset": ["offset", "limit"],
      "limit-page": ["page", "limit"],
    })[style] ?? ["", ""];
    /** @type {number[]} */
    const seen = [];
    /** @type {{ [name: string]: number } | undefined} */
    let params = asked === undefined ? {} : { [size]: asked };
    for (let pages = 0; params; pages++) {
      assert.ok(pages <= count + 1, "the walk has no end");
      const length = Math.min(asked ?? most, most);
      /** @type {number | undefined} */
      const at = params[place];
      /** @type {number} */
      const from = style === "limit-page" ? ((at ?? 1) - 1) * length : (at ?? 0);
      /** @type {number[]} */
      const items = Array.from(
        { length: Math.max(0, Math.min(length, count - from)) },
        (_, index) => from + index,
      );
      seen.push(...items);
      params = nextParams(style, params, items.length, total);
    }
    return seen;
  }

  it("comes until every item was seen, once, with a total or without", () => {
    fc.assert(
      fc.property(
        style,
        asked,
        fc.nat(300),
        fc.integer({ min: 1, max: 50 }),
        fc.boolean(),
        (how, size, count, most, tells) => {
          const list = {
            count,
            asked: size,
            most: Math.max(most, size ?? 1),
            total: tells ? count : undefined,
          };
          assert.deepEqual(
            walk(how, list),
            Array.from({ length: count }, (_, index) => index),
          );
        },
      ),
    );
  });

  it("ends though the total is a lie", () => {
    fc.assert(
      fc.property(style, asked, fc.nat(300), fc.nat(1000), (how, size, count, total) => {
        walk(how, { count, asked: size, most: 50, total });
      }),
    );
  });
});

describe("the state of a job", () => {
  const states = [
    ["failed", 0, "/result", ["Error"]],
    ["done", 0, "/result", ["OK"]],
    ["running", 0, "/result", ["Not ready", "Stage"]],
    ["failed", 0],
  ];
  const rule = { operation: "x.get", id: "id", states };

  it("is found by a value", () => {
    assert.deepEqual(stateOf(rule, 200, { result: "OK" }), { state: "done", said: "OK" });
    assert.deepEqual(stateOf(rule, 200, { result: "Stage" }), { state: "running", said: "Stage" });
    assert.deepEqual(stateOf(rule, 200, { result: "Error" }), { state: "failed", said: "Error" });
  });

  it("is what is left where nothing fits, but not of an error that says nothing of the job", () => {
    assert.deepEqual(stateOf(rule, 200, { result: "?" }), { state: "failed", said: "?" });
    assert.deepEqual(stateOf(rule, 500, undefined, true), { state: "unknown", said: undefined });
    assert.equal(stateOf(rule, 200, { result: "Error" }, true).state, "failed");
  });

  it("is found by a status, of an error too", () => {
    const byStatus = {
      ...rule,
      states: [
        ["failed", 410],
        ["done", 303],
        ["running", 200, "/state", ["new"]],
      ],
    };
    assert.equal(stateOf(byStatus, 410, undefined, true).state, "failed");
    assert.equal(stateOf(byStatus, 303, undefined).state, "done");
    assert.equal(stateOf(byStatus, 200, { state: "new" }).state, "running");
    assert.equal(stateOf(byStatus, 404, { state: "new" }, true).state, "unknown");
    assert.deepEqual(stateOf(byStatus, 200, { state: "old" }), { state: "unknown", said: "old" });
  });

  it("comes with why it failed, where there is a place for that", () => {
    const withWhy = { ...rule, error: ["/first", "/why"], debug: "/debug" };
    assert.equal(stateOf(withWhy, 200, { result: "Error", why: "fire" }).said, "fire");
    assert.equal(stateOf(withWhy, 200, { result: "Error", why: null, first: "" }).said, "Error");
    assert.equal(stateOf(withWhy, 200, { result: "OK", why: "fire" }).said, "OK");
    const told = stateOf(withWhy, 200, { result: "Error", first: "cut", why: "fire", debug: "fuse 7" });
    assert.deepEqual([told.said, told.debug], ["cut", "fuse 7"]);
  });

  it("is known by words in any case, or by any text where none are named", () => {
    const states = [
      ["failed", 0, "/context/error"],
      ["done", 0, "/result", ["OK"]],
    ];
    const of = (/** @type {object} */ body) => stateOf({ ...rule, states }, 200, body).state;
    assert.equal(of({ result: "ok" }), "done");
    assert.equal(of({ result: "OK", context: { error: "aborted by panel" } }), "failed");
    for (const error of ["", null, 7, {}]) assert.equal(of({ result: "OK", context: { error } }), "done");
  });

  it("is unknown for what is no answer at all", () => {
    const known = { ...rule, states: states.slice(0, 3) };
    for (const body of [undefined, null, 7, "text", [], { result: null }]) {
      assert.equal(stateOf(known, 200, body).state, "unknown");
    }
  });
});

describe("JSON with missing commas", () => {
  it("is read like that with them, whatever the texts hold", () => {
    const items = fc.array(
      fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.constant("}{"), fc.constant('"}\n{\\'))),
    );
    fc.assert(
      fc.property(items, fc.constantFrom("", " ", "\n"), (list, between) => {
        const text = `[${list.map((item) => JSON.stringify(item)).join(between)}]`;
        assert.deepEqual(repairJson(text), JSON.parse(JSON.stringify(list)));
      }),
    );
  });

  it("is left alone where it is whole", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) =>
        assert.deepEqual(repairJson(JSON.stringify(value)), JSON.parse(JSON.stringify(value))),
      ),
    );
  });

  it("fails where it is broken in another way", () => {
    for (const text of ["", "[", '{"a":1}{"b":2}', '[{"a":"}{]', "nonsense"]) {
      assert.throws(() => repairJson(text), SyntaxError);
    }
  });

  it("may be long", () => {
    const long = "}{".repeat(2_000_000);
    assert.equal(repairJson(`[${JSON.stringify({ long })}{}]`)[0].long.length, 4_000_000);
    assert.throws(() => repairJson(`[{}{"${long}`), SyntaxError);
  });
});

describe("a file in JSON", () => {
  const pdf = Buffer.from("%PDF-1.4\nxyz\n%%EOF");
  const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1]);

  it("is found by how it begins, up to three objects deep", () => {
    const text = pdf.toString("base64");
    for (const data of [text, { data: text }, { a: 1, b: { c: ["x", text] } }, [[text]]]) {
      const file = findFile(data);
      assert.deepEqual(Buffer.from(file.bytes), pdf);
      assert.equal(file.headers.get("content-type"), "application/pdf");
    }
    assert.equal(findFile({ png: png.toString("base64") }).headers.get("content-type"), "image/png");
  });

  it("may be broken into lines", () => {
    const lines = pdf.toString("base64").replace(/.{8}/g, "$&\r\n");
    assert.deepEqual(Buffer.from(findFile({ lines }).bytes), pdf);
  });

  it("is not made of other texts", () => {
    for (const data of [
      undefined,
      null,
      7,
      "",
      "text",
      "%PDF-1.4",
      "JVBERi0 is how one begins.",
      { a: [] },
      {},
    ]) {
      assert.equal(findFile(data), undefined);
    }
  });

  it("that is no whole Base64 is none: nothing is thrown", () => {
    for (const data of ["JVBERi0xL", "JVBERi0=x", "JVBERi0====", "JVBERi0x="]) {
      assert.doesNotThrow(() => findFile({ data }), data);
    }
  });

  it("may be long", () => {
    const long = Buffer.concat([pdf, Buffer.alloc(6_000_000, 7)]);
    assert.equal(findFile({ data: long.toString("base64") }).bytes.length, long.length);
  });
});

describe("the wait that a provider asks for", () => {
  const NOW = Date.parse("2026-01-01T00:00:00Z");
  const names = { remaining: "x-remaining", reset: "x-reset", limit: "x-limit" };
  /** @param {Record<string, string>} headers @param {object} [known] */
  const asked = (headers, known = names) =>
    askedWait(new Headers(headers), { now: () => NOW, provider: { head: { rateLimit: known } } });

  for (const [text, ms] of /** @type {const} */ ([
    ["7", 7000],
    ["0", 0],
    ["1.5", 1500],
    ["Thu, 01 Jan 2026 00:00:09 GMT", 9000],
    ["Wed, 31 Dec 2025 00:00:00 GMT", 0],
    ["soon", undefined],
    ["", undefined],
  ])) {
    it(`is ${ms} for Retry-After: ${text}`, () => assert.equal(asked({ "retry-after": text }), ms));
  }

  it("is that of Retry-After where the window tells another", () => {
    assert.equal(asked({ "retry-after": "3", "x-reset": "9", "x-remaining": "0" }), 3000);
    assert.equal(asked({ "retry-after": "soon", "x-reset": "9", "x-remaining": "0" }), 9000);
  });

  it("is the window's end only where nothing is left of it", () => {
    assert.equal(asked({ "x-reset": "9", "x-remaining": "0" }), 9000);
    assert.equal(asked({ "x-reset": "9", "x-remaining": "5" }), undefined);
    assert.equal(asked({ "x-reset": "9" }), 9000);
    assert.equal(asked({}), undefined);
  });

  it("is never below 0", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const value = text.replace(/[^\x20-\x7e]/g, "").trim();
        const ms = asked({ "retry-after": value });
        assert.ok(ms === undefined || ms >= 0);
      }),
    );
  });

  it("comes with how much is used up, where that is told as numbers", () => {
    const told = new Headers({ "x-limit": "100", "x-remaining": "many", "x-reset": "9" });
    assert.deepEqual(rateLimit(told, { provider: { head: { rateLimit: names } } }), {
      limit: 100,
      resetMs: 9000,
    });
    assert.deepEqual(rateLimit(told, { provider: { head: {} } }), {});
  });
});
