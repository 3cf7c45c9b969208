/** Where the package is not told in which runtime it is: what differs between them, browsers above all. Workers have no part in it. */
import type { Environment } from "./environment.js";
import { HostwireError } from "./errors.js";
import { inBrowser, inExtension } from "./place.js";

/** Where the WebAssembly is given as bytes: browsers, and runtimes like them. */
export function anyEnvironment(wasm: Environment["wasm"]): Environment {
  return { wasm, adapt, explain: explainNoAnswer, hiddenRedirect: HIDDEN_REDIRECT };
}

/** @throws {HostwireError} which names the directive, where a Content Security Policy forbids it */
export async function compileWasm(bytes: BufferSource): Promise<WebAssembly.Module> {
  try {
    // Compiling at once is ten times as fast to start, where it does not hold up a page.
    return typeof document === "undefined" ? new WebAssembly.Module(bytes) : await WebAssembly.compile(bytes);
  } catch (cause) {
    const isForbidden = /unsafe-eval|Content Security Policy|\bCSP\b/i.test(String(cause));
    if (!isForbidden) throw cause;
    const text = inExtension()
      ? "The extension's Content Security Policy forbids WebAssembly. Put this into its manifest: " +
        '"content_security_policy": { "extension_pages": ' +
        "\"script-src 'self' 'wasm-unsafe-eval'; object-src 'self'\" }"
      : "The page's Content Security Policy forbids WebAssembly: add 'wasm-unsafe-eval' to its script-src";
    throw new HostwireError(text, { cause });
  }
}

function adapt(init: RequestInit, isOnce: boolean): void {
  // Browsers keep answers, a 404 or a 410 too. Others do not, and older Workers throw at this field.
  if (inBrowser()) init.cache = "no-store";
  if (!isOnce) return;
  // Some runtimes send a request again by themselves where a connection that was in use before breaks off, whether
  // or not it had arrived. Bun does not on a new connection, nor Deno with a body that it cannot read twice;
  // browsers can't be kept from it.
  init.keepalive = false;
  if ("Deno" in globalThis && typeof init.body === "string") init.body = new Blob([init.body]);
}

const HIDDEN_REDIRECT =
  "the answer is a redirect, and browsers hide from programs where it leads: make this call from a server";

/** Browsers keep the reason to themselves, so that pages cannot feel their way through a network. */
function explainNoAnswer(cause: unknown, url: string): string {
  if (!inBrowser() || !(cause instanceof TypeError)) return "";
  const { origin } = new URL(url);
  const lacking = inExtension()
    ? `this extension has no host permission for ${origin}/*`
    : `${origin} lets no page of ${globalThis.location?.origin} call it (CORS)`;
  return (
    `. Browsers do not tell programs the reason, only their console: ${lacking}, ` +
    "the Content Security Policy's connect-src does not list it, or it cannot be reached"
  );
}
