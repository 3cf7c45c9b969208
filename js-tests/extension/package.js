import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { describe, test } from "node:test";
import { PROVIDERS } from "../sandbox/index.js";
import { loadSpec } from "../spec.js";

const MANIFEST = new URL("../../examples/extension/static/manifest.json", import.meta.url);

/** @param {() => import("./extension.js").Extension} extension */
export const testPackage = (extension) =>
  describe("as it is built", () => {
    test("its types are right", () => {
      const typescript = dirname(createRequire(import.meta.url).resolve("typescript/package.json"));
      execFileSync(process.execPath, [join(typescript, "bin/tsc"), "-p", "."], {
        cwd: extension().dir,
        stdio: "pipe",
      });
    });

    test("it asks for little, and for each provider's address only when it is needed", () => {
      const manifest = JSON.parse(readFileSync(join(extension().dir, "dist/manifest.json"), "utf8"));
      assert.equal(manifest.manifest_version, 3);
      assert.deepEqual(manifest.permissions, ["storage"]);
      const csp = "script-src 'self' 'wasm-unsafe-eval'; object-src 'self'";
      assert.equal(manifest.content_security_policy.extension_pages, csp);
      const servers = PROVIDERS.flatMap((name) => {
        return /** @type {{ url: string }[]} */ (loadSpec(name).document.servers);
      });
      const origins = servers.map(({ url }) => `https://${new URL(url).hostname}/*`);
      const local = ["http://localhost/*", "http://127.0.0.1/*"];
      // A proxy can be anywhere; its address alone is asked for.
      const all = [...origins, ...local, "https://*/*"];
      assert.deepEqual(manifest.optional_host_permissions.toSorted(), all.toSorted());
      assert.equal(JSON.parse(readFileSync(MANIFEST, "utf8")).host_permissions, undefined);
    });

    test("its worker imports nothing at run time", () => {
      const worker = readFileSync(join(extension().dir, "dist/worker.js"), "utf8");
      assert.doesNotMatch(worker, /\bimport\s*\(/);
      assert.doesNotMatch(worker, /\beval\s*\(|new Function\(/);
    });
  });
