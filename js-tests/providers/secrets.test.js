// No credential and no token of the four newer providers appears where it does not belong, also where the
// provider repeats all that it was sent.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { inspect } from "node:util";
import { importInstalled, installPackage } from "../package/install.js";
import { reveals, shown } from "../package/leaks.js";
import { rejection } from "../package/rejection.js";
import { noWaiting } from "../package/setup.js";
import { answering, START, watch } from "./setup.js";

noWaiting();
const names = ["hostkey", "ccloud", "artnet", "combahton"];
const modules = await importInstalled(installPackage(), names);
const module = (/** @type {string} */ name) => modules[names.indexOf(name)];

/** Characters that URLs and forms write in the same way, and JSON as they are. */
const KEY = "Qx7/+=kz41W";
const TOKEN = "tok/+=&@41:en";
const PASSWORD = "Pä/ssw+rd&=@41Xy1";
/** Characters that forms, JSON and URLs each write in their own way. */
const ODD = "aB1 ~!*'(z)\"\\%41/+ü";

/**
 * @typedef {object} Case
 * @property {string} provider
 * @property {string} Class
 * @property {{ [name: string]: unknown }} given
 * @property {string[]} secrets
 * @property {unknown} [login] its answer
 * @property {(api: any) => Promise<unknown>} call
 */

/** @type {{ [name: string]: Case }} */
const CASES = {
  "Hostkey with a key": {
    provider: "hostkey",
    Class: "Hostkey",
    given: { apiKey: KEY },
    secrets: [KEY, TOKEN],
    login: { result: { token: TOKEN, token_expire: START / 1000 + 7200 } },
    call: (api) => api.eq.show({ id: 1 }),
  },
  "Hostkey with a token, and a password": {
    provider: "hostkey",
    Class: "Hostkey",
    given: { token: TOKEN, pin: 861_907_553 },
    secrets: [TOKEN, PASSWORD, "861907553"],
    call: (api) => api.eq.reinstallInstance({ id: 1, os_id: 1, root_pass: PASSWORD }),
  },
  ccloud: {
    provider: "ccloud",
    Class: "Ccloud",
    given: { clientId: "client", clientSecret: KEY },
    secrets: [KEY, TOKEN],
    login: { token_type: "Bearer", expires_in: 3600, access_token: TOKEN },
    call: (api) => api.tags.list({}),
  },
  "ccloud with a token, and a password": {
    provider: "ccloud",
    Class: "Ccloud",
    given: { accessToken: TOKEN },
    secrets: [TOKEN, PASSWORD],
    call: (api) => api.servers.redeploy({ hostname: "vs1", image: "stretch_uefi", password: PASSWORD }),
  },
  "Artnet with a password": {
    provider: "artnet",
    Class: "Artnet",
    given: { customerId: "19052", apiKey: KEY },
    secrets: [KEY, PASSWORD],
    call: (api) => api.cloudInstance.actionReboot({ instance_id: 1, instance_password: PASSWORD }),
  },
  "combahton with a private key": {
    provider: "combahton",
    Class: "Combahton",
    given: { email: "robin@example.net", secret: KEY },
    secrets: [KEY, PASSWORD],
    call: (api) => api.antiddos.layer7.sslAdd({ domain: "a.example", cert: "cert", key: PASSWORD }),
  },
};

/** ccloud tells a failure by the status alone. */
const failing = (/** @type {Case} */ { provider }) => (provider === "ccloud" ? 400 : 200);

/** @type {{ [what: string]: (echoed: string, one: Case) => Response }} */
const ANSWERS = {
  "a refusal": (echoed, one) =>
    Response.json(
      {
        result: -1,
        success: false,
        status: "error",
        error: { msg: echoed, description: { en: echoed } },
        message: echoed,
      },
      { status: failing(one) },
    ),
  "faults of fields": (echoed) =>
    Response.json(
      { message: echoed, errors: { field: [echoed] }, error: { errors_details: [echoed] } },
      { status: 422 },
    ),
  "a 401": (echoed) => Response.json({ message: echoed, error_description: echoed }, { status: 401 }),
  "a 500 as text": (echoed) => new Response(echoed, { status: 500 }),
  "a web page": (echoed) => new Response(`<p>${echoed}</p>`, { headers: { "content-type": "text/html" } }),
  "JSON that breaks off": (echoed) =>
    new Response(JSON.stringify({ echoed }).slice(0, -1), {
      headers: { "content-type": "application/json" },
    }),
  "a redirect and headers": (echoed) =>
    new Response("", {
      status: 302,
      headers: {
        location: `/?${encodeURIComponent(echoed)}`,
        "x-echo": echoed.replace(/[^\x20-\xff]/g, "?"),
      },
    }),
};

/** @param {string} what @param {unknown} value @param {string[]} secrets */
function assertHidden(what, value, secrets) {
  const lines = shown(value).split("\n");
  for (const secret of secrets) {
    const line = lines.find((text) => reveals(text, secret));
    if (line !== undefined) assert.fail(`${what} reveals ${secret}: ${line.trim().slice(0, 300)}`);
  }
}

/** @param {Case} one @param {(init: RequestInit, url: string) => Response} answer */
function start({ provider, Class, given, secrets, login }, answer) {
  const { events, observers } = watch();
  let isLogin = login !== undefined;
  const { fetch } = answering((url, init) => {
    if (isLogin) {
      isLogin = false;
      return Response.json(login);
    }
    return answer(init, url);
  });
  const api = new (module(provider)[Class])({
    ...given,
    fetch,
    now: () => START,
    maxRetries: 1,
    ...observers,
  });
  return { api, events, secrets, HostwireError: module(provider).HostwireError };
}

for (const [name, one] of Object.entries(CASES)) {
  describe(`the secrets of ${name} are in no error and no event`, () => {
    for (const [what, answer] of Object.entries(ANSWERS)) {
      it(what, async () => {
        const { api, events, secrets, HostwireError } = start(one, (init, url) =>
          answer([url, init.body, JSON.stringify(init.headers), ...one.secrets].join(" "), one),
        );
        const error = await rejection(one.call(api));
        assert.ok(error instanceof HostwireError, inspect(error));
        assertHidden("the error", error, secrets);
        assertHidden("an event", events, secrets);
        assertHidden("the client", api, secrets);
      });
    }

    it("a connection that fails", async () => {
      const { api, events, secrets, HostwireError } = start(one, (init, url) => {
        throw new TypeError(`fetch ${url} ${init.body} failed`, { cause: new Error(one.secrets.join()) });
      });
      const error = await rejection(one.call(api));
      assert.ok(error instanceof HostwireError);
      assertHidden("the error", error, secrets);
      assertHidden("an event", events, secrets);
    });

    it("wrong input and a login that is refused", async () => {
      const { api, secrets } = start({ ...one, login: undefined }, (init) =>
        Response.json(
          { result: -1, success: false, message: `${init.body} ${one.given.apiKey}` },
          { status: 401 },
        ),
      );
      // What only a login that went well has given is not known to the client here.
      const known = secrets.filter((secret) => one.login === undefined || secret !== TOKEN);
      assertHidden("the error", await rejection(one.call(api)), known);
      assertHidden(
        "the error",
        await rejection(api.request({ method: "POST", path: "/x", form: { a: KEY }, effect: "read" })),
        known,
      );
    });
  });
}

/** The cases with odd characters in place of a key and a password. */
const ODD_CASES = Object.entries(CASES).map(([name, one]) => {
  const given = Object.fromEntries(
    Object.entries(one.given).map(([option, value]) => [
      option,
      value === KEY ? ODD.replace("ü", "") : value,
    ]),
  );
  const secrets = one.secrets.map((secret) => (secret === KEY ? ODD.replace("ü", "") : secret));
  return { name, one: { ...one, given, secrets } };
});

describe("a secret that a provider repeats is masked", () => {
  for (const { name, one } of Object.entries(CASES).map(([key, value]) => ({ name: key, one: value }))) {
    it(`in the code of an error: ${name}`, async () => {
      const echoed = one.secrets.join(" ");
      const { api, secrets } = start(one, () =>
        Response.json(
          { result: -1, success: false, status: "error", code: echoed, error: { code: echoed } },
          { status: failing(one) },
        ),
      );
      assertHidden("the error", await rejection(one.call(api)), secrets);
    });
  }

  it("in the path of an issue", async () => {
    const one = /** @type {Case} */ (CASES.ccloud);
    const { api, secrets } = start(one, () =>
      Response.json({ message: "wrong", errors: { [one.secrets.join(" ")]: ["wrong"] } }, { status: 422 }),
    );
    const error = await rejection(one.call(api));
    assert.equal(error.issues.length, 1);
    assertHidden("the error", error, secrets);
  });

  for (const { name, one } of ODD_CASES) {
    it(`as it went out, in a text: ${name}`, async () => {
      const { api, secrets } = start(one, (init) => new Response(String(init.body), { status: 500 }));
      assertHidden("the error", await rejection(one.call(api)), secrets);
    });

    it(`as it went out, in JSON: ${name}`, async () => {
      const { api, secrets } = start(one, (init) => Response.json({ message: init.body }, { status: 500 }));
      assertHidden("the error", await rejection(one.call(api)), secrets);
    });
  }

  it("as it went out in a form, with the unreserved characters that keys have", async () => {
    const apiKey = "Sandbox_Key-41.7";
    const fetch = answering((_, init) => new Response(String(init.body), { status: 500 })).fetch;
    const api = new (module("artnet").Artnet)({ customerId: "1", apiKey, fetch, maxRetries: 0 });
    assertHidden("the error", await rejection(api.customer.details({})), [apiKey]);
  });

  for (const [what, written] of /** @type {const} */ ([
    ["a form's", (/** @type {string} */ text) => String(new URLSearchParams({ text })).slice(5)],
    ["encodeURIComponent's", encodeURIComponent],
    ["JSON's", (/** @type {string} */ text) => JSON.stringify(text)],
    ["a slash-escaping JSON's", (/** @type {string} */ text) => JSON.stringify(text).replaceAll("/", "\\/")],
    ["ASCII JSON's", (/** @type {string} */ text) => JSON.stringify(text).replaceAll("ü", "\\u00fc")],
  ])) {
    it(`in ${what} way of writing a password`, async () => {
      const fetch = answering(() => new Response(`wrong: ${written(ODD)}`, { status: 500 })).fetch;
      const api = new (module("artnet").Artnet)({
        customerId: "1",
        apiKey: "SandboxKey",
        fetch,
        maxRetries: 0,
      });
      const error = await rejection(
        api.cloudInstance.actionReboot({ instance_id: 1, instance_password: ODD }),
      );
      assertHidden("the error", error, [ODD]);
    });
  }
});

describe("a token that has been renewed since", () => {
  it("is still masked in the answer to a call that it was sent with", async () => {
    const old = "old-token-0123456789";
    let made = 0;
    let letGo = () => {};
    const gate = new Promise((resolve) => {
      letGo = () => resolve(undefined);
    });
    let now = START;
    const fetch = async (/** @type {string} */ _, /** @type {RequestInit} */ init) => {
      const text = String(init.body);
      if (text.includes("action=login")) {
        made += 1;
        const token = made === 1 ? old : "new-token-0123456789";
        return Response.json({ result: { token, token_expire: now / 1000 + 7200 } });
      }
      if (!text.includes("action=show")) return Response.json({ result: "OK" });
      await gate;
      return Response.json({ result: -1, error: `no such server for ${text}` });
    };
    const api = new (module("hostkey").Hostkey)({ apiKey: "key", fetch, now: () => now });
    await api.eq.list({});
    const slow = rejection(api.eq.show({ id: 1 }));
    now += 7_150_000;
    await api.eq.list({});
    assert.equal(made, 2);
    letGo();
    assertHidden("the error", await slow, [old]);
  });
});
