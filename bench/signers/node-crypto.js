import { createHash, createHmac } from "node:crypto";
import { textToSign } from "../handwritten.js";
import { SIGN_SECRET } from "../subjects.js";

/** @returns {import("../subjects.js").Sign} */
export const makeSigner =
  () =>
  ({ method, path, body }) => {
    const digest = body ? createHash("md5").update(body).digest("base64") : "";
    return createHmac("sha256", SIGN_SECRET)
      .update(textToSign(method, path, digest).text)
      .digest("base64");
  };
