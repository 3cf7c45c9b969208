// People that Cloudflare Access has signed in (https://developers.cloudflare.com/cloudflare-one/access-controls/).
//
// Access stands in front of the Worker's address, lets those through that its policies allow, and sends a signed
// statement of who it is along with each request, a JWT. The statement has to be checked all the same: requests
// that come another way, by the workers.dev address for instance, can have any header.

const HEADER = "cf-access-jwt-assertion";

/** Access changes its keys every six weeks and goes on with the old ones for a week. */
const KEEP_MS = 3_600_000;

/** An unknown key may be a new one. Asked no more often than this, whatever keys strangers make up. */
const ASK_AGAIN_MS = 60_000;

const ALGORITHM = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };

/**
 * The keys as they were fetched last, for all requests that this isolate answers. The keys, not the promise of them:
 * in Workers a promise belongs to the request that made it, and where that is cancelled, another one that waits for
 * it waits for ever. At worst two requests fetch them at the same time.
 */
let known = { team: "", fetchedAt: 0, keys: new Map<string, CryptoKey>() };

/**
 * Who it is, as Access calls them: the mail address of a person, the id of a service. `undefined` for requests that
 * did not come by Access.
 * @throws {Error} where the statement is not one that Access made, for this Worker and for now
 */
export async function accessIdentity(
  request: Request,
  { team, audience }: { team: string; audience: string },
): Promise<string | undefined> {
  const token = request.headers.get(HEADER);
  if (token === null || !team || !audience) return undefined;
  const [head = "", body = "", signature = "", ...more] = token.split(".");
  const { alg, kid } = parse(head);
  // Which algorithm it is, is not for the token to choose: with "none" everybody could write one, and with "HS256"
  // everybody who knows the public key.
  refuseUnless(more.length === 0 && alg === "RS256" && typeof kid === "string", "it is not an RS256 token");
  const key = await keyOf(team, String(kid));
  const signed = new TextEncoder().encode(`${head}.${body}`);
  const isSigned = await crypto.subtle.verify(ALGORITHM, key, fromBase64Url(signature), signed);
  refuseUnless(isSigned, "the signature is wrong");

  // Nothing of what it says counts before here.
  const { iss, aud, exp, nbf, email, common_name } = parse(body);
  const now = Date.now() / 1000;
  refuseUnless(iss === team, "it is of another team");
  // Each application that Access protects has a tag. A statement for another one of them is not for this Worker.
  refuseUnless([aud].flat().includes(audience), "it is for another application");
  refuseUnless(typeof exp === "number" && exp > now, "it has expired");
  // Clocks differ by a little.
  refuseUnless(nbf === undefined || (typeof nbf === "number" && nbf < now + 60), "it does not hold yet");
  const identity = email || common_name;
  refuseUnless(typeof identity === "string", "it names nobody");
  return String(identity);
}

/** What is thrown goes to the Worker's log; the caller is told no more than that it is not known. */
function refuseUnless(isRight: boolean, why: string): void {
  if (!isRight) throw new Error(`The Access token is refused: ${why}.`);
}

async function keyOf(team: string, id: string): Promise<CryptoKey> {
  const age = known.team === team ? Date.now() - known.fetchedAt : Number.POSITIVE_INFINITY;
  if (age > KEEP_MS || (!known.keys.has(id) && age > ASK_AGAIN_MS)) {
    known = { team, fetchedAt: Date.now(), keys: await fetchKeys(team) };
  }
  const key = known.keys.get(id);
  if (!key) throw new Error("The Access token is refused: its key is not one of the team's.");
  return key;
}

async function fetchKeys(team: string): Promise<Map<string, CryptoKey>> {
  const response = await fetch(`${team}/cdn-cgi/access/certs`, { signal: AbortSignal.timeout(5_000) });
  if (!response.ok) throw new Error(`The keys of Access could not be fetched: ${response.status}.`);
  const { keys }: { keys: (JsonWebKey & { kid: string })[] } = await response.json();
  const imported = keys.map(async ({ kid, kty, n, e }) => {
    const key = await crypto.subtle.importKey("jwk", { kty, n, e }, ALGORITHM, false, ["verify"]);
    return [kid, key] as const;
  });
  return new Map(await Promise.all(imported));
}

function parse(part: string): { [claim: string]: unknown } {
  const value: unknown = JSON.parse(new TextDecoder().decode(fromBase64Url(part)));
  return { ...(typeof value === "object" ? value : {}) };
}

const fromBase64Url = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
