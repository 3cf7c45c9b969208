/** Combell's signature for people who bring their own transport. */
import { type Core, inCore, loadCore, presentCore } from "./core.js";
import { InputError, type Issue } from "./errors.js";
import type { GlueClient } from "./glue.js";
import { makeNonce } from "./nonce.js";
import { isVisible } from "./options.js";
import { nameOf } from "./params.js";

/** What is to be signed. */
export interface CombellSignatureInput {
  apiKey: string;
  apiSecret: string;
  /** HTTP method. */
  method: string;
  /** Path and query exactly as they are sent, from `/v2` on. */
  path: string;
  /** Body exactly as it is sent. */
  body?: string;
  /** Unix time in whole seconds. Default: now. */
  timestamp?: number;
  /** Text that is new for each request, without a colon. Default: random. */
  nonce?: string;
  /** How path and query are read: as documented, or as the provider's own PHP client does. Default: `client`. */
  reading?: "document" | "client";
}

const CHECKS: Readonly<Record<keyof CombellSignatureInput, (value: unknown) => string | undefined>> = {
  apiKey: visible,
  apiSecret: visible,
  method: (value) => (/^[A-Za-z]+$/.test(String(value)) ? undefined : "must be an HTTP method"),
  // All of ASCII that can be seen, but for # { }.
  path: (value) =>
    typeof value === "string" && /^\/[!"$-z|~]*$/.test(value)
      ? undefined
      : "must be a path and query as they are sent, starting with /",
  body: (value) => (typeof value === "string" ? undefined : `must be text, not ${nameOf(value)}`),
  timestamp: (value) => (Number.isSafeInteger(value) ? undefined : "must be Unix time in whole seconds"),
  nonce: (value) => visible(value) ?? (String(value).includes(":") ? "must not have a colon" : undefined),
  reading: (value) => (value === "document" || value === "client" ? undefined : "must be document or client"),
};

function visible(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" && isVisible(value)
    ? undefined
    : "must be text of visible characters";
}

const NEEDED = ["apiKey", "apiSecret", "method", "path"] as const;

/** What signed last, ready to sign again: most programs have one key, and making it ready is half the work. */
let kept: { core: Core; apiKey: string; apiSecret: string; client: GlueClient } | undefined;

/** The value of the `Authorization` header. Throws an InputError where something is missing or wrong. */
export async function signCombell(request: CombellSignatureInput): Promise<string> {
  const given = { ...request };
  const issues: Issue[] = [];
  for (const path of NEEDED) {
    if (given[path] === undefined) issues.push({ path, message: "is missing" });
  }
  for (const path in given) {
    const message = Object.hasOwn(CHECKS, path)
      ? faultOf(path as keyof CombellSignatureInput, given)
      : "is not known";
    if (message) issues.push({ path, message });
  }
  if (issues.length > 0) throw new InputError(issues, { provider: "combell", operation: "signCombell" });
  const { method, path, body = "", reading } = given;
  const { timestamp = Math.floor(Date.now() / 1000), nonce = makeNonce() } = given;
  const core = presentCore ?? (await loadCore());
  const head = `${method}\n${path}\n${nonce}:${timestamp}`;
  return inCore(core, () => signerOf(core, given).sign(head, body, reading === "document" ? 2 : 1));
}

function faultOf(path: keyof CombellSignatureInput, given: CombellSignatureInput): string | undefined {
  const value = given[path];
  return value === undefined ? undefined : CHECKS[path](value);
}

function signerOf(core: Core, { apiKey, apiSecret }: CombellSignatureInput): GlueClient {
  if (kept?.core !== core || kept.apiKey !== apiKey || kept.apiSecret !== apiSecret) {
    if (kept?.core === core) kept.client.free();
    const client = new core.Client("combell", JSON.stringify({ apiKey, apiSecret }), "");
    kept = { core, apiKey, apiSecret, client };
  }
  return kept.client;
}
