/** Combell's signature for people who bring their own transport. */
import { inCore, loadCore, presentCore } from "./core.js";
import { InputError, type Issue } from "./errors.js";
import { makeNonce } from "./nonce.js";
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
  /** How path and query are read: as documented, or as the provider's own PHP client does. Default: `document`. */
  reading?: "document" | "client";
}

const CHECKS: Readonly<Record<keyof CombellSignatureInput, (value: unknown) => string | undefined>> = {
  apiKey: visible,
  apiSecret: visible,
  method: (value) => (/^[A-Za-z]+$/.test(String(value)) ? undefined : "must be an HTTP method"),
  path: (value) =>
    typeof value === "string" && /^\/[\x21-\x7e]*$/.test(value) && !/[#{}]/.test(value)
      ? undefined
      : "must be a path and query as they are sent, starting with /",
  body: (value) => (typeof value === "string" ? undefined : `must be text, not ${nameOf(value)}`),
  timestamp: (value) => (Number.isSafeInteger(value) ? undefined : "must be Unix time in whole seconds"),
  nonce: (value) => visible(value) ?? (String(value).includes(":") ? "must not have a colon" : undefined),
  reading: (value) => (value === "document" || value === "client" ? undefined : "must be document or client"),
};

function visible(value: unknown): string | undefined {
  return typeof value === "string" && /^[\x20-\x7e]+$/.test(value)
    ? undefined
    : "must be text of visible characters";
}

/** The value of the `Authorization` header. Throws an InputError where something is missing or wrong. */
export async function signCombell(request: CombellSignatureInput): Promise<string> {
  const given: Partial<Record<string, unknown>> = { ...request };
  const issues: Issue[] = [];
  for (const [path, check] of Object.entries(CHECKS)) {
    const needed = ["apiKey", "apiSecret", "method", "path"].includes(path);
    const message = given[path] === undefined ? needed && "is missing" : check(given[path]);
    if (message) issues.push({ path, message });
  }
  for (const path of Object.keys(given)) {
    if (!Object.hasOwn(CHECKS, path)) issues.push({ path, message: "is not known" });
  }
  if (issues.length > 0) throw new InputError(issues, { provider: "combell", operation: "signCombell" });
  const { apiKey, apiSecret, method, path, body, reading } = request;
  const { timestamp = Math.floor(Date.now() / 1000), nonce = makeNonce() } = request;
  const core = presentCore() ?? (await loadCore());
  return inCore(core, () => {
    const client = new core.Client("combell", JSON.stringify({ apiKey, apiSecret }), "");
    return client.sign(method, path, body ?? "", `${nonce}:${timestamp}`, reading === "client" ? 2 : 1);
  });
}
