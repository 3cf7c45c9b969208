/** Where the program runs, as far as it matters who can read its credentials. */

interface Scope {
  document?: unknown;
  importScripts?: unknown;
  location?: { protocol?: string; origin?: string };
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

/** The extension whose own page or worker this is. */
export function extensionOrigin(): string | undefined {
  const { location } = globalThis as Scope;
  return /^[a-z-]+-extension:$/.test(location?.protocol ?? "") ? location?.origin : undefined;
}

/** A web page, or a worker of one: whoever opens it can read what is in it. */
export const isWebPage = (): boolean => inBrowser() && !extensionOrigin();
