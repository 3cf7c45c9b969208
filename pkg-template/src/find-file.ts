/** Files that come as Base64 in JSON. */

/** A file, as if it had come by itself. */
export interface FoundFile {
  bytes: Uint8Array;
  headers: Headers;
}

/** How files begin in Base64, and what they are. */
const BASE64_FILES = { JVBERi0: "application/pdf", iVBORw0KGgo: "image/png" };

/** The first text in JSON that is a file. */
export function findFile(data: unknown, depth = 0): FoundFile | undefined {
  if (typeof data === "string") {
    const [, type] = Object.entries(BASE64_FILES).find(([start]) => data.startsWith(start)) ?? [];
    if (!type || !/^[A-Za-z0-9+/\s]+=*\s*$/.test(data)) return undefined;
    try {
      const bytes = Uint8Array.from(atob(data.replace(/\s/g, "")), (character) => character.charCodeAt(0));
      return { bytes, headers: new Headers({ "content-type": type }) };
    } catch {
      return undefined;
    }
  }
  if (typeof data !== "object" || data === null || depth > 2) return undefined;
  for (const value of Object.values(data)) {
    const found = findFile(value, depth + 1);
    if (found) return found;
  }
  return undefined;
}
