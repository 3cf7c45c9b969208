import { createHMAC, createMD5, createSHA256 } from "hash-wasm";
import { textToSign } from "../handwritten.js";
import { SIGN_SECRET } from "../subjects.js";

const base64 = (/** @type {Uint8Array} */ data) => btoa(String.fromCharCode(...data));

/** @returns {Promise<import("../subjects.js").Sign>} */
export async function makeSigner() {
  const md5 = await createMD5();
  const keyed = await createHMAC(createSHA256(), SIGN_SECRET);
  return ({ method, path, body }) => {
    const digest = body ? base64(md5.init().update(body).digest("binary")) : "";
    return base64(
      keyed
        .init()
        .update(textToSign(method, path, digest).text)
        .digest("binary"),
    );
  };
}
