// What Hostkey sends and takes: failures inside HTTP 200, files, the PIN, nested fields.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { reveals, shown } from "../package/leaks.js";
import { rejection } from "../package/rejection.js";
import { parseForm } from "../sandbox/body.js";
import { answering, setUp, watch } from "./setup.js";

const { hostwire, sandbox, client, clientWith, sent, body } = await setUp("hostkey");
const SERVER = { id: 34_533, pin: 1907 };
const form = (index = -1) => parseForm(body(index));

/** @param {unknown} answer @param {ResponseInit} [init] */
const told = (answer, init) =>
  clientWith({ token: "t", fetch: answering(() => Response.json(answer, init)).fetch, maxRetries: 0 });

describe("a failure inside HTTP 200", () => {
  for (const [failureForm, code] of /** @type {const} */ ([
    ["error", "-1"],
    ["message", "-1"],
    ["number", "-2"],
    ["word", undefined],
  ])) {
    it(`in the form ${failureForm} tells by the provider's words that there is no such server`, async () => {
      sandbox.configure({ failureForm });
      const error = await rejection(client().eq.show({ id: 1 }));
      // The sandbox has no server 1, and says so.
      assert.ok(error instanceof hostwire.NotFoundError);
      assert.equal(error.name, "NotFoundError");
      const words = error.body.error ?? error.body.message;
      assert.ok(words && error.message.includes(words.replace(/\.$/, "")), error.message);
      assert.deepEqual([error.status, error.operation, error.provider], [200, "eq.show", "hostkey"]);
      assert.equal(error.code, code);
      assert.equal(sent().filter((name) => name === "eq.show").length, 1);
    });
  }

  it("has the provider's code", async () => {
    for (const [answer, code] of /** @type {const} */ ([
      [{ result: -1, error: "none left", code: "NO_APPROPRIATE_SERVERS" }, "NO_APPROPRIATE_SERVERS"],
      [{ code: -1, message: "no" }, "-1"],
      [{ code: "-2", message: "no" }, "-2"],
      [{ result: "OK", code: 5, error: "half" }, "5"],
    ])) {
      const error = await rejection(told(answer).eq.show({ id: 1 }));
      assert.ok(error instanceof hostwire.ApiError);
      assert.equal(error.code, code);
    }
  });

  for (const answer of [
    { result: -1 },
    { result: -2, error: "Invalid hash of something" },
    { result: 2 },
    { result: "Error" },
    { result: "fail", message: "no" },
    { result: "Not ready" },
    { result: "OK", error: "not really" },
    { result: {}, error: "not really" },
    { error: "no" },
  ]) {
    it(`is ${JSON.stringify(answer)}`, async () => {
      assert.ok((await rejection(told(answer).eq.show({ id: 1 }))) instanceof hostwire.ApiError);
    });
  }

  for (const answer of [
    { result: "OK" },
    { result: "ok" },
    { result: "success" },
    { result: "Success" },
    { result: 0 },
    { result: 1 },
    { result: { id: 1 } },
    { result: [] },
    { servers: [] },
    { result: "OK", code: 0, error: "", message: "done" },
    { result: "OK", code: "0", error: null },
  ]) {
    it(`is not ${JSON.stringify(answer)}`, async () => {
      assert.deepEqual(await told(answer).eq.show({ id: 1 }), answer);
    });
  }

  it("is told in JSON of any media type", async () => {
    const headers = { "content-type": "text/html; charset=UTF-8" };
    assert.deepEqual(await told({ result: "OK" }, { headers }).eq.show({ id: 1 }), { result: "OK" });
    const error = await rejection(told({ result: -1, error: "no" }, { headers }).eq.show({ id: 1 }));
    assert.match(error.message, /no/);
  });

  it("is a failure by its status whatever the body says", async () => {
    for (const [status, Class] of /** @type {const} */ ([
      [400, "ValidationError"],
      [403, "PermissionError"],
      [404, "NotFoundError"],
      [409, "ConflictError"],
      [429, "RateLimitError"],
      [500, "ServerError"],
    ])) {
      const error = await rejection(told({ result: "OK" }, { status }).eq.show({ id: 1 }));
      assert.equal(error.name, Class);
      assert.ok(error instanceof hostwire[Class]);
    }
  });
});

/** @param {any} api */
async function anInvoice(api) {
  const { invoices } = await api.whmcs.getInvoices({});
  return (Array.isArray(invoices) ? invoices : invoices.invoice)[0];
}

describe("Hostkey's files", () => {
  for (const documents of /** @type {const} */ (["binary", "base64"])) {
    it(`come as bytes: ${documents}`, async () => {
      sandbox.configure({ documents });
      const api = client();
      const invoice = await anInvoice(api);
      const pdf = await api.whmcs.downloadInvoice({ invoice_id: invoice.id });
      assert.equal(pdf.contentType, "application/pdf");
      assert.ok(pdf.bytes instanceof Uint8Array);
      assert.equal(Buffer.from(pdf.bytes.slice(0, 8)).toString(), "%PDF-1.4");
      assert.match(Buffer.from(pdf.bytes.slice(-6)).toString(), /%%EOF/);
      assert.equal(pdf.filename, documents === "binary" ? `Invoice-${invoice.id}.pdf` : undefined);
      const png = await api.net.showCacti({ ...SERVER, port: "eth0", graph: 1 });
      assert.equal(png.contentType, "image/png");
      assert.deepEqual([...png.bytes.slice(0, 4)], [0x89, 0x50, 0x4e, 0x47]);
    });
  }

  it("are the same bytes both ways", async () => {
    const api = client();
    const invoice = await anInvoice(api);
    const plain = await api.whmcs.downloadInvoice({ invoice_id: invoice.id });
    sandbox.configure({ documents: "base64" });
    const inside = await api.whmcs.downloadInvoice({ invoice_id: invoice.id });
    assert.deepEqual(Buffer.from(inside.bytes), Buffer.from(plain.bytes));
  });

  it("are a failure where JSON says so", async () => {
    const error = await rejection(client().whmcs.downloadInvoice({ invoice_id: 999_999 }));
    assert.ok(error instanceof hostwire.ApiError);
    const empty = await rejection(told({ result: "OK", data: "" }).whmcs.downloadInvoice({ invoice_id: 1 }));
    assert.ok(empty instanceof hostwire.ResponseError);
    assert.match(empty.message, /expected a file, got JSON/);
  });

  it("that are cut off inside JSON are an answer that is wrong, not a connection that failed", async () => {
    const { fetch, calls } = answering(() => Response.json({ result: "OK", data: "JVBERi0xL" }));
    const api = clientWith({ token: "t", fetch });
    const error = await rejection(api.whmcs.downloadInvoice({ invoice_id: 1 }));
    assert.ok(error instanceof hostwire.ResponseError, String(error));
    assert.equal(calls.length, 1);
  });
});

describe("the PIN of a client", () => {
  it("fills in where an operation takes it and the call does not give it", async () => {
    await client({ pin: 1907 }).eq.reboot({ id: 34_533 });
    assert.equal(form().pin, "1907");
    await client({ pin: "1907" }).eq.reboot({ id: 34_533 });
    assert.equal(form().pin, "1907");
  });

  it("gives way to that of the call", async () => {
    await client({ pin: 1111 }).eq.reboot(SERVER);
    assert.equal(form().pin, "1907");
  });

  it("does not go out where an operation does not take it", async () => {
    const api = client({ pin: 1907 });
    await api.eq.show({ id: 34_533 });
    await api.presets.list({ location: "NL" });
    assert.ok(sandbox.requests.every(({ body: sentBody }) => !String(sentBody).includes("1907")));
  });

  it("that is nowhere given does not go out: an account need not have one", async () => {
    await client().eq.reboot({ id: 34_533 });
    assert.deepEqual([sent().at(-1), form().pin], ["eq.reboot", undefined]);
  });

  it("keeps its leading zeros where it is text", async () => {
    // Not the account's, so the work that it starts fails; the call itself is taken.
    await client({ pin: "0042" }).eq.reboot({ id: 34_533 });
    assert.equal(form().pin, "0042");
  });

  it("that is no number is refused by the constructor, which does not show it", () => {
    for (const pin of ["19O7", "", {}, -1, 1.5, "1&token=x"]) {
      assert.throws(
        () => client({ pin }),
        (error) => {
          assert.ok(error instanceof hostwire.InputError);
          return !String(pin) || !shown(error).includes(`${pin}"`);
        },
      );
    }
  });

  it("is in no error, event or client, also where the provider repeats it", async () => {
    const pin = 861_907_553;
    const { events, observers } = watch();
    const { fetch } = answering((url, init) =>
      Response.json({ result: -1, error: `wrong: ${init.body}`, pin, context: { pin: String(pin), url } }),
    );
    const api = clientWith({ token: "tok-secret-1", pin, fetch, ...observers });
    for (const call of [api.eq.reboot({ id: 1 }), api.eq.reboot({ id: 1, pin })]) {
      const error = await rejection(call);
      assert.ok(error instanceof hostwire.ApiError);
      for (const secret of [String(pin), "tok-secret-1"])
        assert.ok(!reveals(shown(error), secret), shown(error));
    }
    assert.ok(!reveals(shown(api), String(pin)));
    assert.ok(!reveals(shown(events), String(pin)));
  });
});

describe("Hostkey's forms", () => {
  it("carry what is nested in brackets", async () => {
    const params = { zone: "example.com", name: "a b&c=[d]", type: "TXT", content: ["one", "żółw + 1"] };
    await client()
      .pdns.addDns({ params })
      .catch(() => undefined);
    const { params: arrived, action, token } = form();
    assert.equal(action, "add_dns");
    assert.ok(token);
    assert.deepEqual(JSON.parse(JSON.stringify(arrived)), {
      ...params,
      content: { 0: "one", 1: "żółw + 1" },
    });
    assert.match(body(-1), /(^|&)params(\[|%5B)content(\]|%5D)(\[|%5B)1(\]|%5D)=/);
  });

  it("carry nested fields to where the sandbox finds them", async () => {
    const api = client();
    await api.pdns.addDns({
      params: { zone: "example.com", name: "www2", type: "A", content: ["192.0.2.7"] },
    });
    const { data } = await api.pdns.viewZone({ params: { zone: "example.com" } });
    assert.ok(JSON.stringify(data.records).includes("192.0.2.7"));
  });

  it("refuse half an object by its path", async () => {
    const error = await rejection(
      client().pdns.addDns({ params: { zone: "example.com", content: [1, {}] } }),
    );
    assert.ok(error instanceof hostwire.InputError);
    const paths = error.issues.map((/** @type {any} */ { path }) => path);
    assert.ok(paths.includes("params.type"), String(paths));
    assert.ok(paths.includes("params.content[1]"), String(paths));
    assert.deepEqual(sent(), []);
  });
});
