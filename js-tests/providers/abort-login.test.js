// A call that is aborted while the core is still loading, before its login: nobody is left to hear how that
// ends. In a process of its own, because the core loads once in each.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { it } from "node:test";
import { installPackage, writeInto } from "../package/install.js";

const SCRIPT = `
import { Hostkey } from "hostwire/hostkey";
let sent = 0;
const fetch = async () => {
  sent += 1;
  throw new TypeError("fetch failed");
};
process.on("unhandledRejection", (error) => console.log("unhandled:", error.name));
const api = new Hostkey({ apiKey: "key", fetch, maxRetries: 0 });
const controller = new AbortController();
const reason = new Error("given up");
const call = api.eq.list({}, { signal: controller.signal });
controller.abort(reason);
await call.catch((error) => console.log("rejected with the reason:", error === reason));
await new Promise((resolve) => setTimeout(resolve, 50));
console.log("sent:", sent);
`;

it("a login that fails after its only caller has gone is no unhandled rejection", () => {
  const project = installPackage();
  const file = writeInto(project, `abort-login-${process.pid}.mjs`, SCRIPT);
  const { stdout, stderr } = spawnSync(process.execPath, [file], { encoding: "utf8", timeout: 30_000 });
  assert.match(stdout, /rejected with the reason: true/, stderr);
  assert.doesNotMatch(stdout, /unhandled/);
  assert.match(stdout, /sent: 0/, "nobody is left to want the login");
});
