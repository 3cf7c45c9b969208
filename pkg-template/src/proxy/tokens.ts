/** Callers that are known by a token which they share with the proxy. */
import { InputError } from "../runtime.js";

/** A token, and who has it. */
export interface SharedToken<Caller> {
  /** At least 16 characters; `openssl rand -base64 32` makes one. */
  token: string;
  caller: Caller;
}

const SHORTEST = 16;

/**
 * An `authorize` for `Authorization: Bearer <token>`. How long it takes says nothing of how much of a token is right,
 * nor of which it is: digests are compared, to the end, with all of them.
 * @throws {InputError} where a token is missing or too short, so that an unset variable lets nobody in
 */
export function bearerTokens<Caller>(
  tokens: readonly SharedToken<Caller>[],
): (request: Request) => Promise<Caller | undefined> {
  const issues = tokens.flatMap(({ token }, index) => {
    const isLong = typeof token === "string" && token.length >= SHORTEST;
    const isFirst = tokens.findIndex((other) => other.token === token) === index;
    const fault = !isLong
      ? `must be text of at least ${SHORTEST} characters`
      : isFirst
        ? ""
        : "is another caller's already";
    return fault ? [{ path: `tokens[${index}].token`, message: fault }] : [];
  });
  if (issues.length > 0) throw new InputError(issues);
  return async (request) => {
    const [, given = ""] = /^bearer +(\S+) *$/i.exec(request.headers.get("authorization") ?? "") ?? [];
    // Made anew each time: in Workers a promise of one request must not be waited for by another.
    const digests = await Promise.all(tokens.map(({ token }) => digest(token)));
    const asked = await digest(given);
    let found: Caller | undefined;
    for (const [index, right] of digests.entries()) {
      let difference = 0;
      for (let byte = 0; byte < right.length; byte++) difference |= (right[byte] ?? 0) ^ (asked[byte] ?? 0);
      if (difference === 0) found = tokens[index]?.caller;
    }
    return found;
  };
}

const digest = async (text: string): Promise<Uint8Array> =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
