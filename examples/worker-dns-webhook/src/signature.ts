// The signature of a webhook, as Standard Webhooks has it (https://www.standardwebhooks.com), which many senders
// can make. A header with the secret itself would give the secret away wherever a request is logged. The
// signature does not, and it fits no other body and no other time.

/** How far the sender's clock may be off, and for how long a request that was overheard can be sent again. */
const TOLERANCE_SECONDS = 300;

export async function isSigned(
  headers: Headers,
  body: Uint8Array<ArrayBuffer>,
  secret: string,
): Promise<boolean> {
  const id = headers.get("webhook-id") ?? "";
  const timestamp = headers.get("webhook-timestamp") ?? "";
  const ageSeconds = Date.now() / 1000 - Number(timestamp);
  if (!/^\d+$/.test(timestamp) || Math.abs(ageSeconds) > TOLERANCE_SECONDS) return false;

  const key = await crypto.subtle.importKey(
    "raw",
    fromBase64(secret.replace(/^whsec_/, "")),
    { name: "HMAC", hash: "SHA-256" },
    false,
    ["verify"],
  );
  // What is signed: the id, the time and the body, with dots between them.
  const signed = new Uint8Array(await new Blob([`${id}.${timestamp}.`, body]).arrayBuffer());

  // There may be several signatures, while the sender changes its secret. `verify` takes the same time however
  // much of a signature is right; === would tell an attacker how far a guess has come.
  for (const signature of (headers.get("webhook-signature") ?? "").split(" ")) {
    const [, code] = /^v1,([A-Za-z0-9+/]{43}=)$/.exec(signature) ?? [];
    if (code && (await crypto.subtle.verify("HMAC", key, fromBase64(code), signed))) return true;
  }
  return false;
}

const fromBase64 = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
