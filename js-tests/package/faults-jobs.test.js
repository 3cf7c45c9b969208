// Jobs that do not end well, or whose end is never seen.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { rejection } from "./rejection.js";
import { ACCOUNT, setUp } from "./setup.js";

const { combell, sandbox, client, sent } = await setUp();

const POLL = "provisioningJobs.get";
const quick = { intervalMs: 1 };

/** @param {{ [name: string]: unknown }} [options] */
const create = (options) => client(options).accounts.create(ACCOUNT);

describe("a job", () => {
  it("that ends with 200 in place of 201 gives that answer", async () => {
    sandbox.nextJob({ outcome: "finished-200" });
    const call = create();
    const { job_id } = await call;
    assert.deepEqual(await call.wait(quick), { id: job_id, status: "finished" });
  });

  for (const outcome of /** @type {const} */ (["failed", "cancelled"])) {
    it(`that is ${outcome} is a JobError with the job`, async () => {
      sandbox.nextJob({ outcome, polls: 1 });
      const call = create();
      const { job_id } = await call;
      const error = await rejection(call.wait(quick));
      assert.ok(error instanceof combell.JobError && error instanceof combell.HostwireError);
      assert.deepEqual(error.job, { job_id });
      assert.deepEqual(error.answer, { id: job_id, status: outcome });
      assert.deepEqual([error.state, error.provider, error.operation], [outcome, "combell", POLL]);
      assert.match(error.message, new RegExp(`${job_id} failed`));
      assert.deepEqual(sent(), ["accounts.create", POLL, POLL]);
    });
  }

  it("in a state that nobody knows is a JobError: it might never end", async () => {
    sandbox.nextJob({ outcome: "unknown-status", polls: 0 });
    const call = create();
    const { job_id } = await call;
    const error = await rejection(call.wait(quick));
    assert.ok(error instanceof combell.JobError);
    assert.equal(error.state, "on_hold");
    assert.deepEqual(error.job, { job_id });
  });

  it("that takes too long is a TimeoutError; it goes on, and can be taken up again", async () => {
    sandbox.nextJob({ polls: 1000 });
    const error = await rejection(create().wait({ intervalMs: 1, timeoutMs: 20 }));
    assert.ok(error instanceof combell.TimeoutError);
    assert.equal(error.timeoutMs, 20);
    assert.match(error.message, /goes on/);
    const [job] = sandbox.world.jobs.all.all();
    assert.ok(job);
    assert.deepEqual(error.job, { job_id: job.id });
    job.pollsLeft = 1;
    const result = await client().provisioningJobs.wait(error.job, quick);
    assert.equal(result.resource_links.length, 1);
  });

  it("is not lost where asking about it breaks off", async () => {
    for (const [fault, name] of /** @type {const} */ ([
      [{ type: "status", status: 500 }, "ServerError"],
      [{ type: "status", status: 404 }, "NotFoundError"],
      ["reset", "ConnectionError"],
      ["brokenJson", "ResponseError"],
    ])) {
      sandbox.reset();
      sandbox.misbehave({ operation: POLL, after: 1, fault });
      const error = await rejection(create({ maxRetries: 0 }).wait(quick));
      assert.equal(error.name, name);
      const [job] = sandbox.world.jobs.all.all();
      assert.deepEqual(error.job, { job_id: job?.id });
      assert.ok((await client().provisioningJobs.wait(error.job, quick)).resource_links);
    }
  });

  it("is asked about again where that is safe", async () => {
    sandbox.misbehave({ operation: POLL, fault: "reset" });
    sandbox.misbehave({ operation: POLL, fault: { type: "status", status: 503 } });
    await create().wait(quick);
    assert.equal(sent().filter((operation) => operation === "accounts.create").length, 1);
  });

  it("is started once, however often it is waited for", async () => {
    const call = create();
    const [one, other] = await Promise.all([call.wait(quick), call.wait(quick)]);
    assert.deepEqual(one, other);
    assert.equal(sent().filter((operation) => operation === "accounts.create").length, 1);
  });

  it("that could not be started is the starting call's error", async () => {
    sandbox.misbehave({ fault: { type: "status", status: 400 } });
    const error = await rejection(create().wait(quick));
    assert.ok(error instanceof combell.ValidationError);
    assert.equal(error.operation, "accounts.create");
    assert.equal(error.job, undefined);
  });

  it("cannot be waited for with options that are wrong, or without its id", async () => {
    const { provisioningJobs } = client();
    /** @type {[job: unknown, options: unknown, path: string][]} */
    const faults = [
      [{ job_id: "a" }, { intervalMs: 0 }, "options.intervalMs"],
      [{ job_id: "a" }, { timeoutMs: "5" }, "options.timeoutMs"],
      [{ job_id: "a" }, { interval: 1 }, "options.interval"],
      [{ job_id: "a" }, { onProgress: true }, "options.onProgress"],
      [{ job_id: "a" }, { signal: {} }, "options.signal"],
      [{ job_id: "a" }, null, "options"],
      [{}, {}, "job_id"],
      [undefined, {}, "job_id"],
      [{ jobId: "a" }, {}, "job_id"],
    ];
    for (const [job, options, path] of faults) {
      const error = await rejection(provisioningJobs.wait(job, options));
      assert.ok(error instanceof combell.InputError, `${path}: ${error}`);
      const paths = error.issues.map((/** @type {any} */ issue) => issue.path);
      assert.ok(paths.includes(path), `${paths}`);
    }
    assert.deepEqual(sent(), []);
  });
});

describe("a certificate request", () => {
  it("that is gone is a JobError with the request", async () => {
    const [request] = sandbox.world.certificateRequests.all();
    assert.ok(request);
    Object.assign(request, { verified: true, pollsLeft: 1, outcome: "failed" });
    const error = await rejection(client().sslCertificateRequests.wait({ id: request.id }, quick));
    assert.ok(error instanceof combell.JobError);
    assert.deepEqual(error.job, { id: request.id });
    assert.match(error.message, new RegExp(`${request.id} failed`));
  });

  it("that does not exist is no failed one", async () => {
    const error = await rejection(client().sslCertificateRequests.wait({ id: 1 }, quick));
    assert.ok(error instanceof combell.NotFoundError);
    assert.deepEqual(error.job, { id: 1 });
  });
});
