// What a customer has to set up so that the vendor believes that a name is theirs.

import { createHash } from "node:crypto";

/** @param {import("./certificate-requests.js").CertificateRequest} request */
export function validationsOf({ id, names, validation }) {
  const type = validation === "auto" ? "dns" : validation;
  return names
    .filter((name) => name.type === "dns")
    .map(({ value }) => {
      const domain = value.replace(/^\*\./, "");
      const token = createHash("md5").update(`${id} ${value}`).digest("hex").toUpperCase();
      const file = `${domain}/.well-known/pki-validation/${token}.txt`;
      return {
        dns_name: value,
        type,
        auto_validated: validation === "auto",
        email_addresses: ["admin", "hostmaster", "webmaster"].map((name) => `${name}@${domain}`),
        cname_validation_name: `_${token}.${domain}`,
        cname_validation_content: `${token.slice(0, 16)}.${token.slice(16)}.sectigo.example`,
        file_validation_url_http: `http://${file}`,
        file_validation_url_https: `https://${file}`,
        file_validation_content: [token.toLowerCase(), "sectigo.example", String(id)],
      };
    });
}
