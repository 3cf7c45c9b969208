// The envelope that says whether a call went well, and what forms may look like.

import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { startSandbox } from "../index.js";
import { FORM, formClient } from "./form-client.js";

/** @type {import("../index.js").Sandbox} */
let sandbox;
/** @type {import("./index.js").HostkeySandbox} */
let hostkey;
/** @type {ReturnType<typeof formClient>} */
let client;
let token = "";

before(async () => {
  sandbox = await startSandbox({ providers: ["hostkey"], shapes: "documented" });
  hostkey = sandbox.hostkey;
  client = formClient(hostkey);
});
beforeEach(async () => {
  hostkey.reset();
  token = String((await client.login()).token);
});
after(() => sandbox.close());

/**
 * @param {string} form
 * @param {string} [path]
 */
const send = async (form, path = "/pdns.php") => (await client.post(path, `${form}&token=${token}`)).json;

/** @param {string} name */
const contents = async (name) => {
  const { data } = await client.call("pdns.viewZone", { params: { zone: "example.com" } });
  const records = /** @type {{ name: string, content: string }[]} */ (/** @type {unknown} */ (data?.records));
  return records.filter((record) => record.name === name).map(({ content }) => content);
};

describe("Hostkey's envelope", () => {
  it("tells failures with status 200, in the form that is set", async () => {
    const show = async () => {
      const { status, json } = await client.raw("eq.show", { id: 1 });
      assert.equal(status, 200);
      return json;
    };
    const text = "There is no such server, or eq/update_servers has to be called first.";
    assert.deepEqual(await show(), { result: -1, error: text });
    hostkey.configure({ failureForm: "message" });
    assert.deepEqual(await show(), { code: -1, message: text });
    hostkey.configure({ failureForm: "number" });
    assert.deepEqual(await show(), { result: -2, error: text });
    hostkey.configure({ failureForm: "word" });
    assert.deepEqual(await show(), { result: "Error", error: text });
    assert.throws(() => hostkey.configure({ failureForm: "other" }), /one of error, message, number, word/);
  });

  it("tells success with OK, success, an object or a number", async () => {
    assert.equal((await client.call("eq.list")).result, "OK");
    assert.equal((await client.call("whmcs.getContacts")).result, "success");
    assert.equal(typeof (await client.call("auth.info")).result, "object");
    for (const successResult of ["ok", "success", 0, 1]) {
      hostkey.configure({ successResult });
      assert.equal((await client.call("tags.userSearch", { value: "nl-" })).result, successResult);
    }
  });

  it("has a second result inside the answer on credits", async () => {
    const { result, message } = await client.call("whmcs.getCredits", { id: 34_533 });
    assert.deepEqual([result, message?.result, message?.clientid], ["OK", "success", 3172]);
  });

  it("is not there where a web server answers: other paths, other methods, too much", async () => {
    assert.equal((await client.post("/nothing.php", "action=list")).status, 404);
    assert.equal((await client.post("/", "{}", { "content-type": "application/json" })).status, 404);
    const got = await fetch(`${hostkey.url}/eq.php?action=list&token=${token}`);
    assert.deepEqual([got.status, got.headers.get("allow")], [405, "POST"]);
    assert.equal((await client.post("/eq.php", `action=list&x=${"x".repeat(1024 * 1024)}`)).status, 413);
  });

  it("gives way to misbehaviour", async () => {
    hostkey.misbehave({ operation: "eq.list", fault: { type: "status", status: 503 } });
    const { status, json } = await client.raw("eq.list");
    assert.deepEqual([status, json.result], [503, -1]);
    hostkey.misbehave({ operation: "eq.list", fault: { type: "rateLimit", retryAfter: 3 } });
    const limited = await client.raw("eq.list");
    assert.deepEqual([limited.status, limited.headers["retry-after"]], [429, "3"]);
    hostkey.misbehave({ operation: "auth.login", fault: "brokenJson" });
    assert.throws(() => hostkey.misbehave({ operation: "eq.explode", fault: "reset" }), /no operation/);
    await assert.rejects(client.login(), SyntaxError);
  });
});

describe("Hostkey's forms", () => {
  const add = "action=add_dns&params[zone]=example.com&params[type]=TXT&params[name]=note";

  it("have nested fields in PHP's brackets, escaped or not, with or without indexes", async () => {
    for (const [form, expected] of /** @type {const} */ ([
      ["params[content][0]=a&params[content][1]=b", ["a", "b"]],
      ["params[content][]=c&params[content][]=d", ["c", "d"]],
      ["params%5Bcontent%5D%5B0%5D=e+f%20g%2Bh%26i%3D", ["e f g+h&i="]],
      ["params[content][]=%E2%98%83%0Ax", ["☃\nx"]],
      ["params[content][]=&params[ttl]=60", [""]],
      ["&&params[content][]=[x]&", ["[x]"]],
    ])) {
      assert.equal((await send(`${add}&${form}`)).result, "OK", form);
      assert.deepEqual(await contents("note"), expected);
    }
  });

  it("are refused where they cannot be read or are not what the spec has", async () => {
    for (const [form, text] of /** @type {const} */ ([
      ["params[content][]=%zz", /not valid application\/x-www-form-urlencoded/],
      ["params[content][]=%ff", /not valid/],
      ["params[content][0]=a&params[content][0]=b", /not valid/],
      ["params[content]=a&params[content][0]=b", /not valid/],
      ["params[content]=a", /params\.content must be array/],
      ["params[content][1]=a", /params\.content must be array/],
      ["params[content][x]=a", /params\.content must be array/],
      ["params[content][]=a&params[ttl]=1.5", /params\.ttl must be integer/],
      ["params[content][]=a&params[ttl]=007", /params\.ttl must be integer/],
      ["params[content][]=a&params[ttl]=", /params\.ttl must be integer/],
      ["params[content][]=a&params[ttl][]=1", /params\.ttl\.0 is not known/],
      ["params[content][]=a&params[changetype]=remove", /changetype has to be one of create, update/],
      ["params[content][]=a&params[further]=1", /params\.further is not known/],
      ["params[content][]=a&params[name=1", /params\[name is not known/],
      ["params[content][]=a&zone=example.com", /zone is not known/],
      ["params[content][]=a&__proto__[ttl]=1", /__proto__ is not known/],
      ["params[content][]=a&action[]=list", /not valid/],
    ])) {
      const { result, error } = await send(`${add}&${form}`);
      assert.equal(result, -1, form);
      assert.match(String(error), text);
    }
    assert.match(String((await send("action=add_dns&params=x")).error), /params must be object/);
    assert.match(String((await send("action=explode")).error), /no known operation/);
    assert.match(String((await send("action[]=list_zones")).error), /no known operation/);
    assert.match((await client.post("/pdns.php", "")).text, /no known operation/);
    assert.deepEqual(await contents("note"), []);
  });

  it("are forms, and nothing else", async () => {
    const json = JSON.stringify({ action: "list", token });
    for (const [type, body, text] of /** @type {const} */ ([
      ["application/json", json, /has to be application\/x-www-form-urlencoded/],
      ["multipart/form-data; boundary=x", "--x--", /Bodies of multipart\/form-data are not read/],
      ["text/plain", `action=list&token=${token}`, /Bodies of text\/plain are not read/],
    ])) {
      const answer = await client.post("/eq.php", body, { "content-type": type });
      assert.deepEqual([answer.status, answer.json.result], [200, -1]);
      assert.match(answer.text, text);
    }
    const charset = { "content-type": `${FORM["content-type"]};charset=UTF-8` };
    assert.equal((await client.post("/eq.php", `action=list&token=${token}`, charset)).json.result, "OK");
  });

  it("tell orders, orders from stock and reinstallations apart by their fields", async () => {
    const base = { pin: 1907, os_id: 180, root_pass: "Correct4horse-" };
    const bought = { ...base, deploy_period: "monthly", deploy_notify: "true", location_name: "NL" };
    for (const [id, params] of /** @type {const} */ ([
      ["eq.orderInstance", { ...bought, preset: "108", traffic_plan: "25" }],
      ["eq.orderInstance", { ...base, preset: "108" }],
      ["eq.orderStockServer", { ...bought, id: 44_720, traffic_plan: "40" }],
      ["eq.reinstallInstance", { ...base, id: 34_533 }],
      ["eq.reinstallInstance", { id: 34_533 }],
    ])) {
      await client.raw("eq.orderInstance", params);
      assert.equal(hostkey.requests.at(-1)?.operationId, id);
    }
  });

  it("repeat what they have to repeat", async () => {
    const form = `action=remove&id=34533&tag=hostname&component=eq&token=${token}`;
    const differs = await client.post("/tags.php", `${form}&component_id=1`);
    assert.match(differs.text, /component_id has to be the same as id/);
    assert.match(
      (await client.post("/tags.php", form.replace("=eq", "=vm"))).text,
      /component has to be one/,
    );
    assert.equal((await client.post("/tags.php", `${form}&component_id=34533`)).json.result, "OK");
  });
});
