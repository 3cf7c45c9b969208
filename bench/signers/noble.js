import { hmac } from "@noble/hashes/hmac.js";
import { md5 } from "@noble/hashes/legacy.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { textToSign } from "../handwritten.js";
import { SIGN_SECRET } from "../subjects.js";

const bytes = new TextEncoder();
const base64 = (/** @type {Uint8Array} */ data) => btoa(String.fromCharCode(...data));

/** @returns {import("../subjects.js").Sign} */
export const makeSigner = () => {
  const keyed = hmac.create(sha256, bytes.encode(SIGN_SECRET));
  return ({ method, path, body }) => {
    const { text } = textToSign(method, path, body ? base64(md5(bytes.encode(body))) : "");
    return base64(keyed.clone().update(bytes.encode(text)).digest());
  };
};
