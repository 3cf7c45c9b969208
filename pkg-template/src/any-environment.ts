/** What browsers forbid and do not tell, told as what it is. Workers have no part in it. */
import type { Environment } from "./environment.js";
import { HostwireError } from "./errors.js";
import { extensionOrigin, inBrowser } from "./place.js";

/** Where the WebAssembly is given as bytes: browsers, and runtimes like them. */
export function anyEnvironment(wasm: Environment["wasm"]): Environment {
  return { wasm, explain: explainNoAnswer };
}

/** @throws {HostwireError} which names the directive, where a Content Security Policy forbids it */
export async function compileWasm(bytes: BufferSource): Promise<WebAssembly.Module> {
  try {
    // Compiling at once is ten times as fast to start, where it does not hold up a page.
    return typeof document === "undefined" ? new WebAssembly.Module(bytes) : await WebAssembly.compile(bytes);
  } catch (cause) {
    const isForbidden = /unsafe-eval|Content Security Policy|\bCSP\b/i.test(String(cause));
    if (!isForbidden) throw cause;
    const text = extensionOrigin()
      ? "The extension's Content Security Policy forbids WebAssembly. Put this into its manifest: " +
        '"content_security_policy": { "extension_pages": ' +
        "\"script-src 'self' 'wasm-unsafe-eval'; object-src 'self'\" }"
      : "The page's Content Security Policy forbids WebAssembly: add 'wasm-unsafe-eval' to its script-src";
    throw new HostwireError(text, { cause });
  }
}

/** Browsers keep the reason to themselves, so that pages cannot feel their way through a network. */
function explainNoAnswer(cause: unknown, url: string): string {
  if (!inBrowser() || !(cause instanceof TypeError)) return "";
  const { origin } = new URL(url);
  const lacking = extensionOrigin()
    ? `this extension has no host permission for ${origin}/*`
    : `${origin} lets no page of ${globalThis.location?.origin} call it (CORS)`;
  return (
    `. Browsers do not tell programs the reason, only their console: ${lacking}, ` +
    "the Content Security Policy's connect-src does not list it, or it cannot be reached"
  );
}
