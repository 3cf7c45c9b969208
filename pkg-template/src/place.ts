/** Where the program runs, as far as it matters who can read its credentials. */

interface Scope {
  document?: unknown;
  importScripts?: unknown;
  location?: { protocol?: string };
  Deno?: unknown;
  Bun?: unknown;
  process?: { versions?: { node?: string } };
}

/** A page or a worker of a browser; not a server runtime that imitates one. */
export function inBrowser(): boolean {
  const scope = globalThis as Scope;
  if (scope.Deno || scope.Bun || scope.process?.versions?.node) return false;
  return typeof scope.document === "object" || typeof scope.importScripts === "function";
}

/** An extension's own page or worker. */
export function inExtension(): boolean {
  return /^[a-z-]+-extension:$/.test((globalThis as Scope).location?.protocol ?? "");
}

/** A web page, or a worker of one: whoever opens it can read what is in it. */
export const isWebPage = (): boolean => inBrowser() && !inExtension();
