// What someone writes who wants no package: fetch, and HMAC by WebCrypto, which runs everywhere. WebCrypto has no
// MD5, which Combell wants of bodies; that one function is @noble/hashes'.

import { md5 } from "@noble/hashes/legacy.js";
import { makeHandwritten } from "../handwritten.js";

const bytes = new TextEncoder();
const base64 = (/** @type {Uint8Array} */ data) => btoa(String.fromCharCode(...data));
const digest = (/** @type {string} */ body) => base64(md5(bytes.encode(body)));

/** @type {Promise<CryptoKey> | undefined} */
let key;

/** @param {string} secret @param {string} text */
async function sign(secret, text) {
  key ??= crypto.subtle.importKey("raw", bytes.encode(secret), { name: "HMAC", hash: "SHA-256" }, false, [
    "sign",
  ]);
  return base64(new Uint8Array(await crypto.subtle.sign("HMAC", await key, bytes.encode(text))));
}

export const makeClient = makeHandwritten(sign, digest);
