/** Reading JSON of strangers: nothing in it may mean two things, or take more than its size to read. */
import { Denied } from "./denied.js";

const refuse = (message: string): Denied => new Denied(400, "body", message);

/** The object that a text holds, `{}` for no text. */
export function readParams(text: string, deepest: number): Record<string, unknown> {
  if (text.trim() === "") return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw refuse("The body is not JSON.");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw refuse("The body has to be an object of params.");
  }
  // What follows trusts that the text is JSON.
  checkNames(text, deepest);
  return value as Record<string, unknown>;
}

/** Structure, and texts in one piece; all else between them can be passed over. */
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]/g;

/** Refuses names that come twice, of which readers take one or the other, and names that reach into prototypes. */
function checkNames(text: string, deepest: number): void {
  // For each open object the names so far, for each open array nothing.
  const open: (Set<string> | undefined)[] = [];
  let last = "";
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === ":") {
      const name: string = JSON.parse(last);
      const names = open.at(-1);
      if (name === "__proto__") throw refuse("The name __proto__ is not taken.");
      if (names?.has(name)) throw refuse("A name comes twice in one object.");
      names?.add(name);
    } else if (token === "{" || token === "[") {
      open.push(token === "{" ? new Set() : undefined);
      if (open.length > deepest) throw refuse(`The JSON is nested deeper than ${deepest}.`);
    } else if (token === "}" || token === "]") open.pop();
    last = token;
  }
}
