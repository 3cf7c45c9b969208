// hostwire/slim: the WebAssembly comes from the program, in any shape.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { serveStatic } from "../browsers/static-server.js";
import { installPackage, writeInto } from "./install.js";

const project = installPackage();
const wasm = join(project.packageDir, "core.wasm");
/** @type {Awaited<ReturnType<typeof serveStatic>>} */
let server;
before(async () => {
  server = await serveStatic(project.packageDir);
});
after(() => server.close());

/** A call in a process of its own: what is set is set for the whole program. @param {string} setting */
async function callAfter(setting) {
  const source = `
import { readFileSync } from "node:fs";
import { Combell, HostwireError, setWasm } from "hostwire/slim";
const bytes = () => readFileSync(${JSON.stringify(wasm)});
const url = ${JSON.stringify(`${server.url}/core.wasm`)};
const call = () =>
  new Combell({ apiKey: "k", apiSecret: "s", maxRetries: 0, fetch: async () => Response.json([]) })
    .servicepacks.list()
    .then(() => "worked", (error) => error instanceof HostwireError ? error.message : "another error: " + error);
${setting}
console.log(JSON.stringify(await call()));
`;
  const file = writeInto(project, `slim-${process.pid}.mjs`, source);
  const { stdout } = await promisify(execFile)(process.execPath, [file]);
  return JSON.parse(stdout);
}

describe("setWasm takes", () => {
  for (const [what, setting] of Object.entries({
    bytes: "setWasm(bytes());",
    "an ArrayBuffer": "setWasm(new Uint8Array(bytes()).buffer);",
    "a compiled module": "setWasm(new WebAssembly.Module(bytes()));",
    "an address as text": "setWasm(url);",
    "an address as URL": "setWasm(new URL(url));",
    "an answer to fetch": "setWasm(await fetch(url));",
    "a promise": "setWasm(fetch(url));",
    "a function": "setWasm(() => fetch(url));",
  })) {
    it(what, async () => assert.equal(await callAfter(setting), "worked"));
  }
});

describe("a call fails, and says why, where the WebAssembly", () => {
  for (const [what, setting, expected] of /** @type {const} */ ([
    ["was not given", "", /call setWasm/],
    ["is not there", "setWasm(url + '2');", /core\.wasm2 was answered 404/],
    ["cannot be fetched", "setWasm('http://127.0.0.1:1/core.wasm');", /could not be fetched from http/],
    ["is none", "setWasm(new TextEncoder().encode('<html>'));", /could not be loaded/],
    ["is another's", "setWasm(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));", /not hostwire's core\.wasm/],
    [
      "is of another version",
      "const other = bytes(); other.set(Buffer.from('9.9.9'), other.length - 5); setWasm(other);",
      /of hostwire 9\.9\.9; this is/,
    ],
  ])) {
    it(what, async () => assert.match(await callAfter(setting), expected));
  }

  it("was not there at first, and then is: the next call works", async () => {
    const setting = "setWasm(url + '2'); await call(); setWasm(url);";
    assert.equal(await callAfter(setting), "worked");
  });
});

it("CommonJS has it too", async () => {
  const source = `
const { Combell, setWasm } = require("hostwire/slim");
setWasm(require("node:fs").readFileSync(${JSON.stringify(wasm)}));
new Combell({ apiKey: "k", apiSecret: "s", fetch: async () => Response.json([]) }).servicepacks.list().then(console.log);
`;
  const { stdout } = await promisify(execFile)(process.execPath, [writeInto(project, "slim.cjs", source)]);
  assert.equal(stdout.trim(), "[]");
});

it("nothing of it has the bytes in text", () => {
  const { href } = pathToFileURL(join(project.packageDir, "slim.js"));
  for (const path of ["slim.js", "wasm/slim.js", "clients.js"]) {
    assert.doesNotMatch(readFileSync(new URL(path, href), "utf8"), /base64|inline/, path);
  }
});
