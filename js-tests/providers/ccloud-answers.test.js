// ccloud's lists, tasks and refusals.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { rejection } from "../package/rejection.js";
import { QUICK, setUp } from "./setup.js";

const { hostwire, sandbox, client, sent, body } = await setUp("ccloud");
const HOST = "vs10000";
const SNAPSHOT = "51c1d831-784b-4550-8c54-a2ced31b5099";

/** @param {AsyncIterable<any>} list */
async function all(list) {
  const items = [];
  for await (const item of list) items.push(item);
  return items;
}
const queries = () => sandbox.requests.slice(1).map(({ query }) => query);

describe("ccloud's lists", () => {
  it("that are wrapped in data are walked until a page is empty", async () => {
    const servers = await all(client().servers.list({ limit: 25 }));
    assert.equal(new Set(servers.map(({ hostname }) => hostname)).size, 60);
    assert.deepEqual(queries(), ["limit=25", "limit=25&page=2", "limit=25&page=3", "limit=25&page=4"]);
  });

  it("that are bare are walked until a page is empty", async () => {
    const tasks = await all(client().tasks.list({ limit: 30 }));
    assert.equal(new Set(tasks.map(({ id }) => id)).size, 100);
    assert.equal(queries().length, 5);
  });

  it("whose last page is full end with an empty one", async () => {
    const servers = await all(client().servers.list({ limit: 20 }));
    assert.equal(servers.length, 60);
    assert.equal(queries().length, 4);
  });

  it("are walked without a limit", async () => {
    assert.equal((await all(client().servers.list({}))).length, 60);
    assert.deepEqual(queries().at(-1), "page=4");
  });

  it("are walked from a page on", async () => {
    assert.equal((await all(client().servers.list({ limit: 25, page: 3 }))).length, 10);
  });

  it("are walked to their end where the provider gives fewer on a page than were asked for", async () => {
    sandbox.configure({ maxLimit: 20 });
    assert.equal((await all(client().servers.list({ limit: 50 }))).length, 60);
  });

  it("give pages, of which an empty one is the last", async () => {
    const page = await client().servers.list({ limit: 50, search: "vs" });
    assert.deepEqual([page.items.length, page.total, page.hasNextPage], [50, undefined, true]);
    const next = await page.getNextPage();
    assert.deepEqual([next.items.length, next.hasNextPage], [9, true]);
    const last = await next.getNextPage();
    assert.deepEqual([last.items.length, last.hasNextPage], [0, false]);
    assert.match((await rejection(last.getNextPage())).message, /last page/);
    assert.ok(queries().every((query) => query.includes("search=vs")));
  });

  it("that are none are a ResponseError", async () => {
    for (const answer of [{}, { data: {} }, { data: null }, [], "text"]) {
      sandbox.misbehave({
        operation: "servers.list",
        fault: { type: "status", status: 200, body: answer, contentType: "application/json" },
      });
      assert.ok(
        (await rejection(client({ maxRetries: 0 }).servers.list({}))) instanceof hostwire.ResponseError,
      );
    }
  });
});

describe("ccloud's requests", () => {
  it("confirm a deletion with the host name in the body, which is given once", async () => {
    const { id } = await client().servers.delete({ hostname: HOST });
    assert.ok(id);
    const [, request] = sandbox.requests;
    assert.deepEqual([request?.method, JSON.parse(body(1))], ["DELETE", { hostname: HOST }]);
    assert.match(String(request?.path), new RegExp(`/ccloud/servers/${HOST}$`));
  });

  it("have no body where there is nothing to say", async () => {
    await client().servers.state.start({ hostname: HOST });
    assert.equal(body(1), "");
    assert.equal(sandbox.requests[1]?.headers["content-type"], undefined);
  });

  it("escape what is in a path", async () => {
    const error = await rejection(client().servers.get({ hostname: "a/../b?c" }));
    assert.ok(error instanceof hostwire.HostwireError);
    for (const { path } of sandbox.requests.slice(1)) assert.match(path, /a%2F\.\.%2Fb%3Fc$/);
  });
});

describe("ccloud's tasks", () => {
  it("are followed to their end from /id", async () => {
    const call = client().servers.state.stop({ hostname: HOST });
    const { id } = await call;
    const task = await call.wait(QUICK);
    assert.deepEqual([task.id, task.status, task.action], [id, "done", "stop-server"]);
    assert.equal(sent().filter((name) => name === "tasks.get").length, 3);
  });

  it("are followed to their end from /0/id", async () => {
    const call = client().servers.snapshots.restore({ hostname: HOST, id: SNAPSHOT });
    const [{ id }] = await call;
    assert.deepEqual((await call.wait(QUICK)).id, id);
  });

  it("that fail are a JobError with error_message", async () => {
    sandbox.nextJob({ outcome: "failed", polls: 1, message: "The host is on fire." });
    const call = client().servers.state.stop({ hostname: HOST });
    const { id } = await call;
    const error = await rejection(call.wait(QUICK));
    assert.ok(error instanceof hostwire.JobError);
    assert.match(error.message, /failed: The host is on fire\./);
    assert.deepEqual([error.job, error.answer.status], [{ id }, "failed"]);
  });

  it("in a state that nobody knows are a JobError", async () => {
    sandbox.nextJob({ outcome: "unknown-status", polls: 0 });
    const error = await rejection(client().servers.state.stop({ hostname: HOST }).wait(QUICK));
    assert.ok(error instanceof hostwire.JobError);
    assert.equal(error.state, "on_hold");
  });

  it("are taken up by their id", async () => {
    const { id } = await client().servers.state.stop({ hostname: HOST });
    assert.equal((await client().tasks.wait({ id }, QUICK)).status, "done");
    const error = await rejection(client().tasks.wait({ id: 999_999 }, QUICK));
    assert.ok(error instanceof hostwire.NotFoundError);
    assert.deepEqual(error.job, { id: 999_999 });
  });

  it("need an id to be followed", async () => {
    sandbox.misbehave({ operation: "servers.state.stop", fault: { type: "status", status: 200, body: {} } });
    const error = await rejection(client().servers.state.stop({ hostname: HOST }).wait(QUICK));
    assert.match(error.message, /does not say which job/);
  });
});

describe("ccloud's refusals", () => {
  for (const validationTexts of /** @type {const} */ (["list", "text"])) {
    it(`of values are issues by field: ${validationTexts}`, async () => {
      sandbox.configure({ validationTexts });
      const call = client().servers.list({ limit: 0, page: 0 }, {});
      const error = await rejection(call);
      assert.ok(error instanceof hostwire.ValidationError, String(error));
      assert.deepEqual(
        error.issues.map((/** @type {any} */ { path, message }) => [path, message]),
        [
          ["limit", "The limit has to be at least 1."],
          ["page", "The page has to be at least 1."],
        ],
      );
      assert.match(error.message, /The given data was invalid/);
      assert.equal(error.status, 422);
    });
  }

  for (const errorShape of /** @type {const} */ (["error", "message"])) {
    it(`have their class by the status, and the provider's words: ${errorShape}`, async () => {
      sandbox.configure({ errorShape });
      const error = await rejection(client().servers.get({ hostname: "nobody" }));
      assert.ok(error instanceof hostwire.NotFoundError);
      const words = errorShape === "error" ? error.body.error.msg : error.body.message;
      assert.ok(words && error.message.includes(words.replace(/\.$/, "")), error.message);
      for (const [status, Class] of /** @type {const} */ ([
        [403, "PermissionError"],
        [409, "ConflictError"],
        [429, "RateLimitError"],
        [500, "ServerError"],
      ])) {
        sandbox.misbehave({ operation: "tags.list", fault: { type: "status", status } });
        const refused = await rejection(client({ maxRetries: 0 }).tags.list({}));
        assert.ok(refused instanceof hostwire[Class], String(refused));
        assert.equal(refused.status, status);
        assert.ok(refused.message.length > `ccloud answered ${status} to tags.list`.length, refused.message);
      }
    });
  }
});
