// The proxy in the runtimes that it is made for, with a client in Node on the other side.

import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { importInstalled, installPackage } from "../package/install.js";
import { rejection } from "../package/rejection.js";
import { startSandbox } from "../sandbox/index.js";
import { runtimesOf } from "./runtimes.js";

const TOKEN = "token-of-the-tests-0123456789";
const [hostwire] = await importInstalled(installPackage(), [""]);

for (const [runtime, start] of Object.entries(runtimesOf("proxy"))) {
  describe(`a proxy in ${runtime}`, () => {
    /** @type {Awaited<ReturnType<typeof startSandbox>>} */
    let sandbox;
    /** @type {import("./runtimes.js").Running} */
    let running;
    /** @type {{ url: string, headers: { authorization: string } }} */
    let proxy;

    before(async () => {
      sandbox = await startSandbox({ providers: ["combell", "hostkey"], shapes: "documented" });
      const settings = {
        combell: { ...sandbox.combell.credentials, baseUrl: sandbox.combell.url },
        hostkey: { ...sandbox.hostkey.credentials, baseUrl: sandbox.hostkey.url },
        token: TOKEN,
      };
      running = await start(JSON.stringify(settings));
      proxy = { url: `${running.url}/edge`, headers: { authorization: `Bearer ${TOKEN}` } };
    });
    beforeEach(() => {
      sandbox.combell.reset();
      sandbox.hostkey.requests.length = 0;
    });
    after(async () => {
      await running.stop();
      await sandbox.close();
    });
    const combell = (/** @type {object} */ more = {}) => new hostwire.Combell({ proxy, ...more });

    it("answers, page by page, and follows jobs", async () => {
      const ids = new Set();
      for await (const { id } of combell().accounts.list({ take: 100 })) ids.add(id);
      assert.equal(ids.size, 350);
      const job = combell().accounts.create({ identifier: "edge.example", servicepack_id: 1001 });
      const { resource_links } = await job.wait({ intervalMs: 1 });
      assert.deepEqual(resource_links, ["/v2/accounts/200351"]);
    });

    it("tells failures as what they are", async () => {
      const error = await rejection(combell().accounts.get({ account_id: 1 }));
      assert.ok(error instanceof hostwire.NotFoundError);
      assert.deepEqual([error.status, error.code], [404, "account_not_found"]);
    });

    it("logs in once for 50 first calls at the same time, and answers them all", async () => {
      const hostkey = new hostwire.Hostkey({ proxy });
      const answers = await Promise.all(Array.from({ length: 50 }, () => hostkey.eq.list()));
      assert.deepEqual([...new Set(answers.map(({ result }) => result))], ["OK"]);
      const logins = sandbox.hostkey.requests.filter(({ operationId }) => operationId === "auth.login");
      assert.equal(logins.length, 1);
    });

    it("lets through nothing else, and nobody else", async () => {
      const denied = await rejection(
        combell().dnsRecords.create({ domain_name: "example.com", type: "A", content: "192.0.2.1" }),
      );
      assert.deepEqual([denied.name, denied.code], ["PermissionError", "proxy_not_allowed"]);
      const wrong = { ...proxy, headers: { authorization: "Bearer wrong-token-0123456789" } };
      const stranger = await rejection(new hostwire.Combell({ proxy: wrong }).accounts.list());
      assert.deepEqual([stranger.name, stranger.code], ["AuthenticationError", "proxy_unauthorized"]);
      assert.equal(sandbox.combell.requests.length, 0);
    });

    it("refuses a body over the limit", async () => {
      const init = {
        method: "POST",
        headers: { ...proxy.headers, "content-type": "application/json" },
        body: JSON.stringify({ identifier: "x".repeat(1 << 20) }),
      };
      const response = await fetch(`${proxy.url}/combell/accounts.list`, init);
      assert.equal(response.status, 413);
      assert.equal((await response.json()).code, "proxy_body_too_large");
      assert.equal(sandbox.combell.requests.length, 0);
    });
  });
}
