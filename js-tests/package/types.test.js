// The declarations, as a program of a user sees them.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { installPackage, writeInto } from "./install.js";

const project = installPackage();
const modules = fileURLToPath(new URL("../../node_modules", import.meta.url));

const PROGRAM = `
import { Combell, NotFoundError, type Page } from "hostwire";
import { Combell as One, signCombell } from "hostwire/combell";
import { operations } from "hostwire/combell/operations";
import { bearerTokens, createProxy, memoryStore, type EdgeProxy, type Rules, toNodeHandler } from "hostwire/proxy";
import { Hostkey, setWasm } from "hostwire/slim";

export const client: One = new Combell({ apiKey: "key", apiSecret: "secret", allow: ["read"], maxRetries: 1 });

export async function use(signal: AbortSignal): Promise<void> {
  const page = await client.accounts.list({ take: 100 }, { signal });
  const next: typeof page = await page.getNextPage();
  const items: Page<unknown>["items"] = next.items;
  for await (const account of client.accounts.list()) console.log(account.identifier, items.length);
  const { data, response } = await client.accounts.get({ account_id: 1 }).withResponse();
  console.log(data.servicepack?.name, response.rateLimit.remaining);
  const call = client.accounts.create({ identifier: "example.com", servicepack_id: 1001 });
  const { job_id } = await call;
  await call.wait({ signal, onProgress: ({ answer, polls }) => console.log(answer.status, polls) });
  await client.provisioningJobs.wait({ job_id }, { timeoutMs: 1 });
  const file = await client.sslCertificates.download({ sha1_fingerprint: "a", file_format: "pfx", password: "b" });
  const bytes: Uint8Array = file.bytes;
  const request: Request = await client.prepare("accounts.get", { account_id: bytes.length });
  const nothing: void | undefined = await client.dnsRecords.delete({ domain_name: "a", record_id: "b" });
  console.log(request.url, nothing, operations[0]?.summary, await signCombell({ apiKey: "a", apiSecret: "b", method: "GET", path: "/" }));
  // @ts-expect-error no such operation
  client.accounts.remove;
  // @ts-expect-error no such param
  client.accounts.get({ account: 1 });
  // @ts-expect-error a param is missing
  client.accounts.create({ identifier: "example.com" });
  // @ts-expect-error no such option
  new Combell({ apiKey: "key", apiSecret: "secret", retries: 1 });
  // @ts-expect-error a credential is missing
  new Combell({ apiKey: "key" });
}

interface Caller { id: string; editor: boolean }
const editor: Rules = {
  combell: ["dnsRecords.*", { operation: "dnsRecords.create", params: { domain_name: "example.com", type: ["A"] } }],
};
export const proxy: EdgeProxy<[env: { LIMIT: number }]> = createProxy({
  clients: { combell: client },
  authorize: async (request, env: { LIMIT: number }): Promise<Caller | undefined> =>
    env.LIMIT > 0 ? { id: request.url, editor: true } : undefined,
  allow: (caller) => (caller.editor ? editor : {}),
  limits: { rate: { limit: 10, windowSeconds: 1, store: memoryStore() }, concurrency: 3 },
  onResponse: ({ caller, status, durationMs }) => console.log(caller.id, status + durationMs),
});
const authorize = bearerTokens([{ token: "0123456789abcdef", caller: "me" }]);
export const simple = createProxy({
  clients: { combell: client },
  authorize,
  allow: editor,
  onDenied: ({ caller, code }) => console.log(caller?.length, code),
});
export const listener = toNodeHandler(simple);
export const behind = new Hostkey({ proxy: { url: "https://edge.example.com", headers: { authorization: "Bearer a" } } });
setWasm(new Uint8Array());
// @ts-expect-error nobody says who is calling
createProxy({ clients: { combell: client }, allow: editor });

export const status = (error: unknown): number | undefined =>
  error instanceof NotFoundError ? error.status : undefined;
`;

const ofNode = ["--module", "nodenext", "--types", "node", "--typeRoots", join(modules, "@types")];
const ofPage = ["--module", "esnext", "--moduleResolution", "bundler", "--lib", "es2022,dom"];

/** @type {{ [where: string]: { file: string, options: string[] } }} */
const PROGRAMS = {
  "an ES module of Node": { file: "types.mts", options: ofNode },
  "a CommonJS module of Node": { file: "types.cts", options: ofNode },
  "a page that is bundled": { file: "types.ts", options: [...ofPage, "--typeRoots", "none"] },
};

describe("the declarations", () => {
  for (const [where, { file, options }] of Object.entries(PROGRAMS)) {
    it(`serve ${where}, in the strictest mode`, async () => {
      const strict = ["--noEmit", "--strict", "--noUncheckedIndexedAccess", "--exactOptionalPropertyTypes"];
      const own = ["--target", "es2022", "--skipLibCheck", "false"];
      const path = writeInto(project, file, PROGRAM);
      const tsc = join(modules, "typescript/bin/tsc");
      const args = [tsc, ...strict, ...own, ...options, path];
      const run = promisify(execFile)(process.execPath, args, { cwd: project.dir });
      await run.catch(({ stdout }) => assert.fail(stdout));
    });
  }

  it("have any nowhere", () => {
    for (const path of readdirSync(project.packageDir, { recursive: true, encoding: "utf8" })) {
      if (!/\.d\.c?ts$/.test(path)) continue;
      const text = readFileSync(join(project.packageDir, path), "utf8").replace(/\/\*[\s\S]*?\*\//g, "");
      assert.doesNotMatch(text, /(?<![\w."'])any(?![\w"'])/, path);
    }
  });
});
