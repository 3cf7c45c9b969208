// Hostkey's callbacks, followed to their end. A finished answer is given only once.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { inspect } from "node:util";
import { rejection } from "../package/rejection.js";
import { QUICK, setUp } from "./setup.js";

const { hostwire, sandbox, client, sent } = await setUp("hostkey");
const SERVER = { id: 34_533, pin: 1907 };
const PHYSICAL = { id: 32_645, pin: 1907 };
const CHECK = "eqCallback.check";
/** @param {{ result: string }} answer that the provider ends good work with in one of two words */
const isDone = ({ result }) => result === "OK" || result === "success";
const polls = (name = CHECK) => sent().filter((one) => one === name).length;

describe("Hostkey's work", () => {
  it("is followed to its end, whose answer is the result", async () => {
    /** @type {any[]} */
    const progress = [];
    const onProgress = (/** @type {any} */ event) => void progress.push(event);
    const result = await client()
      .eq.off(SERVER)
      .wait({ ...QUICK, onProgress });
    assert.deepEqual([isDone(result), result.scope], [true, "Post is off"]);
    assert.equal(polls(), 3);
    assert.deepEqual(
      progress.map((one) => [one.polls, one.answer.result]),
      [
        [1, "Not ready"],
        [2, "Not ready"],
      ],
    );
    assert.ok(progress.every(({ elapsedMs }) => elapsedMs >= 0));
  });

  it("started once is the same work for await and for wait", async () => {
    const call = client().eq.off(SERVER);
    const [started, result] = await Promise.all([call, call.wait(QUICK)]);
    assert.equal(result.key, started.callback);
    assert.equal(sent().filter((name) => name === "eq.off").length, 1);
  });

  it("with stages is not failed while they last", async () => {
    sandbox.nextJob({ polls: 4 });
    /** @type {string[]} */
    const said = [];
    const params = { ...SERVER, os_id: 0, root_pass: "Correct-horse-1" };
    const { list } = { list: (await client().os.list({ id: 34_533 })).os_list ?? [] };
    params.os_id = list[0]?.id ?? 231;
    const result = await client()
      .eq.reinstallInstance(params)
      .wait({ ...QUICK, onProgress: (/** @type {any} */ { answer }) => void said.push(answer.result) });
    assert.ok(isDone(result));
    assert.ok(said.includes("Stage"), inspect(said));
  });

  it("waited for twice gives the same answer, though the provider gives it once", async () => {
    const call = client().eq.off(SERVER);
    const first = await call.wait(QUICK);
    const asked = polls();
    assert.deepEqual(await call.wait(QUICK), first);
    assert.equal(polls(), asked);
  });

  it("waited for twice at the same time gives both the answer", async () => {
    const call = client().eq.off(SERVER);
    const [first, second] = await Promise.all([call.wait(QUICK), call.wait(QUICK)]);
    assert.deepEqual(first, second);
  });

  it("is taken up by its key, and again", async () => {
    const api = client();
    const { callback: key } = await api.eq.off(SERVER);
    const first = await api.eqCallback.wait({ key }, QUICK);
    assert.ok(isDone(first));
    assert.deepEqual(await api.eqCallback.wait({ key }, QUICK), first);
  });

  it("is taken up by its key in another process, without a login", async () => {
    const { callback: key } = await client().eq.off(SERVER);
    sandbox.requests.length = 0;
    assert.ok(isDone(await client().eqCallback.wait({ key }, QUICK)));
    assert.deepEqual([...new Set(sent())], [CHECK]);
  });

  it("on NAT is asked for with natCallback.check", async () => {
    const result = await client().nat.addStaticNat(PHYSICAL).wait(QUICK);
    assert.ok(isDone(result));
    assert.deepEqual([polls("natCallback.check"), polls()], [3, 0]);
  });

  it("on NAT, waited for twice, is kept too", async () => {
    const call = client().nat.addStaticNat(PHYSICAL);
    assert.deepEqual(await call.wait(QUICK), await call.wait(QUICK));
  });

  it("that fails is a JobError with the job and the provider's words", async () => {
    sandbox.nextJob({ outcome: "failed", polls: 1 });
    const call = client().eq.off(SERVER);
    const { callback } = await call;
    const error = await rejection(call.wait(QUICK));
    assert.ok(error instanceof hostwire.JobError, inspect(error));
    assert.deepEqual(error.job, { key: callback });
    assert.equal(error.operation, CHECK);
    assert.equal(error.answer.result, "Error");
    assert.match(error.message, /failed/);
    assert.equal(polls(), 2);
  });

  it("that fails says why: the provider tells it in scope", async () => {
    sandbox.nextJob({ outcome: "failed", polls: 0 });
    const error = await rejection(client().eq.off(SERVER).wait(QUICK));
    assert.match(error.message, /could not be done/);
  });

  for (const [plan, words] of /** @type {const} */ ([
    [{ outcome: "cancelled" }, /cancelled/],
    [{ outcome: "cancelled", word: "rejected" }, /rejected/],
    [{ outcome: "aborted" }, /off aborted by panel/],
    [{ outcome: "word", word: "canceled" }, /canceled/],
    [{ outcome: "gone" }, /The key is gone/],
  ])) {
    it(`that ends as ${JSON.stringify(plan)} is a JobError that says so`, async () => {
      sandbox.nextJob({ ...plan, polls: 1 });
      const error = await rejection(client().eq.off(SERVER).wait(QUICK));
      assert.ok(error instanceof hostwire.JobError, inspect(error));
      assert.match(error.message, words);
      assert.equal(polls(), 2);
      assert.equal(sandbox.world.servers.find(SERVER.id).power, "on");
    });
  }

  it("that is pending goes on, though the result is OK already", async () => {
    sandbox.nextJob({ polls: 2, underWay: "pending" });
    const result = await client().eq.off(SERVER).wait(QUICK);
    assert.deepEqual([result.scope, polls()], ["Post is off", 3]);
  });

  it("has not begun where an order waits for its payment, and the error names the invoice", async () => {
    sandbox.configure({ awaitPayment: true });
    const order = {
      deploy_period: "monthly",
      preset: "vm.pico",
      location_name: "NL",
      os_id: 180,
      traffic_plan: "25",
      root_pass: "Correct4horse-",
      pin: 1907,
    };
    for (const _ of ["at the top", "in data"]) {
      const call = client().eq.orderInstance(order);
      const answer = await call;
      const invoice = answer.invoice_id ?? answer.data.invoice_id;
      const error = await rejection(call.wait(QUICK));
      assert.ok(error instanceof hostwire.JobError, inspect(error));
      assert.match(error.message, /paid/);
      assert.ok(error.message.includes(String(invoice)), error.message);
    }
    assert.equal(polls(), 0);
  });

  it("in a state that nobody knows is an error with the job, and no endless wait", async () => {
    sandbox.nextJob({ outcome: "unknown", polls: 1 });
    const call = client().eq.off(SERVER);
    const { callback } = await call;
    const error = await rejection(call.wait(QUICK));
    assert.ok(error instanceof hostwire.JobError || error instanceof hostwire.ApiError);
    assert.deepEqual(error.job, { key: callback });
    assert.equal(polls(), 2);
  });

  it("whose key is gone is an error with the job", async () => {
    sandbox.nextJob({ outcome: "lost", polls: 1 });
    const call = client().eq.off(SERVER);
    const { callback } = await call;
    const error = await rejection(call.wait(QUICK));
    assert.ok(error instanceof hostwire.JobError);
    assert.match(error.message, /AsyncKey \*\*\* not found .*Look whether the work was done/);
    assert.deepEqual(error.job, { key: callback });
  });

  it("that ends in time is kept from a timeout that came before", async () => {
    sandbox.nextJob({ polls: 1000 });
    const call = client().eq.off(SERVER);
    const error = await rejection(call.wait({ intervalMs: 100, timeoutMs: 1 }));
    assert.ok(error instanceof hostwire.TimeoutError);
    assert.equal(error.job.key, (await call).callback);
  });

  it("is asked for again where an answer is lost on the way", async () => {
    sandbox.misbehave({ operation: CHECK, fault: "reset" });
    sandbox.misbehave({ operation: CHECK, fault: { type: "status", status: 502 } });
    assert.ok(isDone(await client().eq.off(SERVER).wait(QUICK)));
  });

  it("is named by its key in no message: the key opens the answer, passwords and all", async () => {
    for (const plan of /** @type {const} */ ([{ outcome: "failed", polls: 0 }, { polls: 1000 }])) {
      sandbox.nextJob(plan);
      const call = client().eq.off(SERVER);
      const { callback } = await call;
      const error = await rejection(call.wait({ intervalMs: 100, timeoutMs: 1 }));
      assert.ok(!`${error.message} ${error.stack}`.includes(callback), error.message);
    }
  });
});
