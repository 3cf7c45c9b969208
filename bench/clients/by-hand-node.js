// The same by node:crypto, where that is at hand.

import { createHash, createHmac } from "node:crypto";
import { makeHandwritten } from "../handwritten.js";

const digest = (/** @type {string} */ body) => createHash("md5").update(body).digest("base64");
const sign = (/** @type {string} */ secret, /** @type {string} */ text) =>
  createHmac("sha256", secret).update(text).digest("base64");

export const makeClient = makeHandwritten(sign, digest);
