// The function for people who bring their own transport; it gives the whole header.

import { signCombell } from "hostwire/combell";
import { SIGN_KEY, SIGN_SECRET } from "../subjects.js";

/** @returns {import("../subjects.js").Sign} */
export const makeSigner = () => (request) =>
  signCombell({ apiKey: SIGN_KEY, apiSecret: SIGN_SECRET, ...request });
