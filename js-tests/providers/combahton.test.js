// combahton: JSON posts, failures told by words, lists with missing commas, and a page in front of the API.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { rejection } from "../package/rejection.js";
import { loadSpec } from "../spec.js";
import { answering, QUICK, setUp } from "./setup.js";

const { hostwire, sandbox, client, sent, body } = await setUp("combahton");
const ID = "603000";
const { failures } = /** @type {{ failures: { [status: string]: string } }} */ (
  loadSpec("combahton").document["x-envelope"]
);

/** @param {string} text @param {ResponseInit} [init] */
const saying = (text, init) =>
  client({ fetch: answering(() => new Response(text, init)).fetch, maxRetries: 0 });
/** @param {unknown} answer */
const told = (answer) => saying(JSON.stringify(answer), { headers: { "content-type": "application/json" } });

describe("combahton's requests", () => {
  it("are JSON with the credentials among the fields", async () => {
    await client().kvm.server.view({ id: ID });
    const { email, secret } = sandbox.credentials;
    assert.deepEqual(JSON.parse(body(0)), {
      email,
      secret,
      component: "kvm",
      method: "server",
      action: "view",
      id: Number(ID),
    });
    const [request] = sandbox.requests;
    assert.deepEqual(
      [request?.method, request?.path, request?.headers["content-type"]],
      ["POST", "/v2", "application/json"],
    );
  });

  it("have numbers as the provider's own client sends them, given as such or as text", async () => {
    for (const [index, id] of [603_000, "603000", 603_000n].entries()) {
      await client().kvm.server.view({ id });
      assert.equal(JSON.parse(body(index)).id, 603_000);
    }
    for (const id of ["0603000", "VPS1", 1.5, null]) {
      assert.ok((await rejection(client().kvm.server.view({ id }))) instanceof hostwire.InputError);
    }
  });

  it("need no server to list the templates", async () => {
    await client().kvm.server.reinstallTemplates();
    assert.equal("id" in JSON.parse(body(0)), false);
  });
});

describe("a status that tells a failure", () => {
  for (const [status, Class, words] of /** @type {const} */ ([
    ["auth_failed", "AuthenticationError", /do not belong together/],
    ["auth_params_undefined", "AuthenticationError", /missing/],
    ["id_unauthenticated", "PermissionError", /not the customer's/],
    ["exists", "ConflictError", /already/],
    ["id_reinstalling", "ConflictError", /being reinstalled/],
    ["ssl_chain_invalid", "ValidationError", /certificate/],
    ["error", "ApiError", /went wrong/],
    ["failed", "ApiError", /not made/],
  ])) {
    it(`is ${status}, with what it means`, async () => {
      const error = await rejection(told({ status }).antiddos.layer7.delete({ domain: "a.example" }));
      assert.equal(error.name, Class);
      assert.ok(error instanceof hostwire[Class] && error instanceof hostwire.ApiError);
      assert.deepEqual([error.code, error.status], [status, 200]);
      assert.match(error.message, words);
    });
  }

  it("is told with any HTTP status", async () => {
    for (const failureStatus of [200, 400, 403, 500]) {
      sandbox.configure({ failureStatus });
      const error = await rejection(client({ maxRetries: 0 }).kvm.server.view({ id: "1" }));
      assert.ok(error instanceof hostwire.ApiError);
      assert.deepEqual([error.code, error.status], ["id_unauthenticated", failureStatus]);
    }
  });

  it("for wrong credentials says what to check", async () => {
    const error = await rejection(client({ secret: "wrong" }).customer.credits.view({}));
    assert.ok(error instanceof hostwire.AuthenticationError);
    assert.match(error.message, /Check the e-mail address and the API key/);
    assert.equal(sent().length, 1);
  });

  it("is none where it tells that things went well, or is not known", async () => {
    for (const status of ["OK", "deleted", "success", "something new"]) {
      assert.deepEqual(await told({ status }).antiddos.layer7.delete({ domain: "a.example" }), { status });
    }
  });

  describe("where a server is looked at", () => {
    const server = {
      ...{ contract: ID, product: "2037", node: "kvm20", macaddr: "00:00:5E:00:53:01" },
      ...{ ostemplate: "none", backup: "0" },
    };

    it("is none, and data, where the word is not among the failures", async () => {
      assert.equal((await client().kvm.server.view({ id: ID })).status, "running");
      assert.equal((await client().kvm.server.view({ id: "603001" })).status, "stopped");
      for (const status of ["running", "stopped", "paused", "OK", "Error", "something new"]) {
        assert.ok(!(status in failures));
        const view = { ...server, status };
        assert.deepEqual(await told(view).kvm.server.view({ id: ID }), view);
      }
    });

    it("is each of the failures, whatever else is in the answer", async () => {
      assert.ok(["error", "failed", "id_reinstalling"].every((status) => status in failures));
      for (const status of Object.keys(failures)) {
        for (const answer of [{ status }, { ...server, status }]) {
          const error = await rejection(told(answer).kvm.server.view({ id: ID }));
          assert.ok(error instanceof hostwire.ApiError, status);
          assert.deepEqual([error.code, error.status, error.body], [status, 200, answer]);
        }
      }
    });
  });
});

describe("success false", () => {
  it("is a failure of what controls a server", async () => {
    sandbox.configure({ strictControl: true });
    const error = await rejection(client().kvm.server.start({ id: ID }));
    assert.ok(error instanceof hostwire.ApiError);
    assert.deepEqual(error.body, { success: false });
    assert.deepEqual(await client().kvm.server.stop({ id: ID }), { success: true });
  });

  it("is data elsewhere", async () => {
    assert.deepEqual(await told({ success: false }).antiddos.status.show({ ipaddr: "192.0.2.10" }), {
      success: false,
    });
  });
});

describe("objects with no comma between them", () => {
  it("are read as a list", async () => {
    const api = client();
    const whole = await api.customer.contract.viewAll({});
    const templates = await api.kvm.server.reinstallTemplates({ id: ID });
    sandbox.configure({ joinedObjects: true });
    assert.deepEqual(await api.customer.contract.viewAll({}), whole);
    assert.deepEqual(await api.kvm.server.reinstallTemplates({ id: ID }), templates);
    assert.ok(templates.some((/** @type {any} */ { name }) => name === "Custom {cloud}{init}"));
  });

  it("leave texts as they are", async () => {
    const text = '[{"a":"}{ \\" } {"}\n {"b":"\\\\"}{"c":"}\\u007b{"}]';
    const answer = await saying(text, {
      headers: { "content-type": "application/json" },
    }).customer.contract.viewAll({});
    assert.deepEqual(answer, [{ a: '}{ " } {' }, { b: "\\" }, { c: "}{{" }]);
  });

  it("that are broken in another way too are a ResponseError", async () => {
    for (const text of ['[{"a":1}{"b":2}', '{"a":1}{"b":2}', '[{"a":1}{"b":"}{]']) {
      const call = saying(text, {
        headers: { "content-type": "application/json" },
      }).customer.contract.viewAll({});
      assert.ok((await rejection(call)) instanceof hostwire.ResponseError, text);
    }
  });
});

describe("the page of the layer 7 filter", () => {
  for (const challengeStatus of [200, 403, 503]) {
    it(`is an error that says what it is: ${challengeStatus}`, async () => {
      sandbox.configure({ challenge: "abc123", challengeStatus });
      const error = await rejection(client({ maxRetries: 0 }).customer.contract.order({ id: "2037" }));
      assert.match(error.message, /layer 7 filter/);
      if (challengeStatus === 200) assert.ok(error instanceof hostwire.ResponseError);
      assert.equal(sent().length, 1);
    });
  }

  it("is passed with the cookie that a caller brings", async () => {
    sandbox.configure({ challenge: "abc123" });
    const headers = { cookie: "layer7-validate=abc123" };
    assert.ok((await client({ headers }).customer.credits.view({})).amount > 0);
  });
});

describe("combahton's invoices", () => {
  it("come as bytes", async () => {
    const [{ id }] = await client().customer.invoices.viewAll({});
    const { bytes, contentType, filename } = await client().customer.invoices.view({ id });
    assert.deepEqual([contentType, filename], ["application/pdf", `invoice-${id}.pdf`]);
    assert.equal(Buffer.from(bytes.slice(0, 5)).toString(), "%PDF-");
  });

  it("that are not to be had are a failure in JSON in place of the PDF", async () => {
    const error = await rejection(client().customer.invoices.view({ id: "999999" }));
    assert.ok(error instanceof hostwire.PermissionError);
    assert.equal(error.code, "id_unauthenticated");
  });

  it("in JSON that is no failure are a ResponseError", async () => {
    const error = await rejection(told({ status: "OK" }).customer.invoices.view({ id: "1" }));
    assert.ok(error instanceof hostwire.ResponseError);
  });

  it("are lists, and a word where all are paid", async () => {
    assert.equal((await client().customer.invoices.viewAll({})).length, 100);
    assert.equal((await client().customer.invoices.viewUnpaid({})).length, 2);
    sandbox.configure({ unpaidInvoices: 0 });
    assert.deepEqual(await client().customer.invoices.viewUnpaid({}), { status: "invoices_paid" });
  });
});

describe("a reinstallation", () => {
  it("is followed by the id of its own call", async () => {
    sandbox.configure({ jobPolls: 3 });
    /** @type {any[]} */
    const progress = [];
    const server = await client()
      .kvm.server.reinstall({ id: ID, template: "1" })
      .wait({ ...QUICK, onProgress: (/** @type {any} */ event) => void progress.push(event.answer) });
    assert.deepEqual([server.status, server.ostemplate], ["running", "Debian 12"]);
    assert.deepEqual(progress, Array(3).fill({ status: "id_reinstalling" }));
    assert.equal(sent().filter((name) => name === "kvm.server.view").length, 4);
  });

  it("is followed by a number as by a text", async () => {
    assert.equal(
      (await client().kvm.server.reinstall({ id: 603_000, template: "1" }).wait(QUICK)).contract,
      ID,
    );
  });

  it("that cannot be looked at is an error with the job", async () => {
    const call = client().kvm.server.reinstall({ id: ID, template: "1" });
    await call;
    sandbox.misbehave({
      operation: "kvm.server.view",
      fault: { type: "status", status: 200, body: { status: "error" } },
    });
    const error = await rejection(call.wait(QUICK));
    assert.ok(error instanceof hostwire.HostwireError);
    assert.deepEqual(error.job, { id: ID });
  });

  it("is not sent again where it may have begun", async () => {
    sandbox.misbehave({ operation: "kvm.server.reinstall", fault: "resetAfter" });
    const error = await rejection(client().kvm.server.reinstall({ id: ID, template: "1" }));
    assert.ok(error instanceof hostwire.ConnectionError);
    assert.deepEqual(sent(), ["kvm.server.reinstall"]);
  });
});
