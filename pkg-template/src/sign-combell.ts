/** Combell's signature for people who bring their own transport. */
import { type Core, loadCore, presentCore } from "./core.js";
import { InputError, type Issue } from "./errors.js";
import type { CombellSigner } from "./glue.js";
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
  /** How path and query are read: as the provider's own PHP client does, or as documented. Default: `client`. */
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
let kept: { core: Core; apiKey: string; apiSecret: string; signer: CombellSigner } | undefined;

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
  const { method, path, body = "", reading = "client" } = given;
  const { timestamp = Math.floor(Date.now() / 1000), nonce = makeNonce() } = given;
  const core = presentCore() ?? (await loadCore());
  return core.enter(() => signerIn(core, given).sign(method, path, body, nonce, timestamp, reading));
}

/** 128 random bits in hexadecimal. */
const makeNonce = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join(
    "",
  );

function faultOf(path: keyof CombellSignatureInput, given: CombellSignatureInput): string | undefined {
  const value = given[path];
  return value === undefined ? undefined : CHECKS[path](value);
}

function signerIn(core: Core, { apiKey, apiSecret }: CombellSignatureInput): CombellSigner {
  if (kept?.core !== core || kept.apiKey !== apiKey || kept.apiSecret !== apiSecret) {
    if (kept?.core === core) kept.signer.free();
    kept = { core, apiKey, apiSecret, signer: new core.glue.CombellSigner(apiKey, apiSecret) };
  }
  return kept.signer;
}
