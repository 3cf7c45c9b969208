// A client's prepare(): it checks the params, writes the request, signs it and makes a Request of it.

import { Combell } from "hostwire/combell";
import { SIGN_KEY, SIGN_SECRET } from "../subjects.js";

/** @returns {import("../subjects.js").Sign} */
export const makeSigner = () => {
  const combell = new Combell({ apiKey: SIGN_KEY, apiSecret: SIGN_SECRET, allowBrowser: true });
  return async ({ body }) => {
    const { headers } = body
      ? await combell.prepare("mailZones.createAlias", {
          domain_name: "example.com",
          email_address: "team@example.com",
          destinations: [body],
        })
      : await combell.prepare("accounts.list", {
          identifier: `${"example".repeat(16)}.com`,
          skip: 0,
          take: 25,
        });
    return headers.get("authorization") ?? "";
  };
};
