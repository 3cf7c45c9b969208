// Lists whose provider counts wrongly: the walk ends, and has what there is.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { rejection } from "./rejection.js";
import { setUp } from "./setup.js";

const { combell, sandbox, client, sent } = await setUp();

/**
 * A list behind a fetch: these pages, and this total.
 *
 * @param {number[]} sizes
 * @param {string | undefined} total
 */
function listOf(sizes, total) {
  /** @type {string[]} */
  const asked = [];
  let id = 0;
  const fetch = async (/** @type {string} */ url) => {
    const size = sizes[asked.length] ?? 0;
    asked.push(new URL(url).search);
    /** @type {{ [name: string]: string }} */
    const headers = total === undefined ? {} : { "x-paging-totalresults": total };
    return Response.json(
      Array.from({ length: size }, () => ({ id: id++ })),
      { headers },
    );
  };
  return { asked, accounts: client({ fetch }).accounts };
}

/** @param {AsyncIterable<{ id: number }>} list */
async function walk(list) {
  const ids = [];
  for await (const { id } of list) ids.push(id);
  return ids.length;
}

describe("a walk", () => {
  /** @type {[what: string, sizes: number[], total: string | undefined, items: number, pages: number][]} */
  const LISTS = [
    ["ends with an empty page where the total is too high", [10, 10], "1000000", 20, 3],
    ["ends at once where there is nothing, whatever the total", [], "50", 0, 1],
    ["ends where the total is too low", [10, 10], "5", 10, 1],
    ["goes on where the pages are shorter than asked for", [3, 3, 3], "9", 9, 3],
    ["goes on where they are and there is no total", [3, 3, 3], undefined, 9, 4],
    ["goes on after a page that is not full where there is no total", [10, 4, 10], undefined, 24, 4],
    ["ends with an empty page where there is no total", [10, 10], undefined, 20, 3],
    ["ends with an empty page after one that is not full, too", [10, 10, 4], undefined, 24, 4],
    ["ends at once where there is nothing and no total", [], undefined, 0, 1],
    ["takes a total that is no number for none", [10, 4], "many", 14, 3],
    ["takes a negative total for none", [10, 4], "-1", 14, 3],
  ];
  for (const [what, sizes, total, items, pages] of LISTS) {
    it(what, async () => {
      const { asked, accounts } = listOf(sizes, total);
      assert.equal(await walk(accounts.list({ take: 10 })), items);
      assert.equal(asked.length, pages);
    });
  }

  it("without take goes on after what came", async () => {
    const { asked, accounts } = listOf([25, 25, 7], "57");
    assert.equal(await walk(accounts.list()), 57);
    assert.deepEqual(asked, ["", "?skip=25", "?skip=50"]);
  });

  it("starts where it is told to", async () => {
    assert.equal(await walk(client().accounts.list({ skip: 300, take: 20 })), 50);
    assert.equal(sent().length, 3);
  });

  it("keeps the other params on every page", async () => {
    await walk(client().accounts.list({ take: 50, asset_type: "mailbox" }));
    assert.ok(sandbox.requests.length > 1);
    assert.ok(sandbox.requests.every(({ query }) => query.includes("asset_type=mailbox")));
  });

  it("fetches a page when its first item is asked for", async () => {
    let seen = 0;
    for await (const _ of client().accounts.list({ take: 10 })) {
      seen++;
      assert.equal(sandbox.requests.length, Math.ceil(seen / 10));
      if (seen === 25) break;
    }
  });

  it("breaks off with the error of the page that failed", async () => {
    sandbox.misbehave({ after: 1, fault: { type: "status", status: 403 } });
    let seen = 0;
    const error = await rejection(
      (async () => {
        for await (const _ of client().accounts.list({ take: 10 })) seen++;
      })(),
    );
    assert.ok(error instanceof combell.PermissionError);
    assert.equal(seen, 10);
  });

  it("is at its end after an error", async () => {
    sandbox.misbehave({ fault: { type: "status", status: 403 } });
    const items = client().accounts.list()[Symbol.asyncIterator]();
    assert.ok((await rejection(items.next())) instanceof combell.PermissionError);
    assert.deepEqual(await items.next(), { value: undefined, done: true });
  });

  it("gives each item once to those who ask at the same time, from page to page", async () => {
    const { asked, accounts } = listOf([2, 0, 1, 2], undefined);
    const items = accounts.list({ take: 2 })[Symbol.asyncIterator]();
    const got = await Promise.all([items.next(), items.next(), items.next(), items.next()]);
    assert.deepEqual(
      got.map(({ value, done }) => (done ? "end" : value.id)),
      [0, 1, "end", "end"],
    );
    assert.equal(asked.length, 2);
    const { asked: askedThere, accounts: there } = listOf([2, 2], "4");
    const others = there.list({ take: 2 })[Symbol.asyncIterator]();
    const all = await Promise.all(Array.from({ length: 5 }, () => others.next()));
    assert.deepEqual(
      all.map(({ value, done }) => (done ? "end" : value.id)),
      [0, 1, 2, 3, "end"],
    );
    assert.equal(askedThere.length, 2);
  });

  it("gives nothing more once it was ended, though a page was under way", async () => {
    const { accounts } = listOf([2, 2], "4");
    const items = accounts.list({ take: 2 })[Symbol.asyncIterator]();
    const [first] = await Promise.all([items.next(), items.return?.()]);
    assert.deepEqual(first, { value: undefined, done: true });
    assert.deepEqual(await items.next(), { value: undefined, done: true });
  });

  it("may be gone twice, and after an await", async () => {
    const call = client().accounts.list({ take: 200 });
    assert.equal((await call).items.length, 200);
    assert.equal(await walk(call), 350);
    assert.equal(await walk(call), 350);
  });
});

describe("a page", () => {
  it("that is the last has no next", async () => {
    const page = await client().accounts.list({ skip: 340 });
    assert.equal(page.hasNextPage, false);
    const error = await rejection(page.getNextPage());
    assert.ok(error instanceof combell.HostwireError);
    assert.equal(sandbox.requests.length, 1);
  });

  it("gives its next as often as it is asked for", async () => {
    const page = await client().accounts.list({ take: 1 });
    const [one, other] = await Promise.all([page.getNextPage(), page.getNextPage()]);
    assert.deepEqual(one.items, other.items);
  });
});
