import { readFileSync } from "node:fs";
import { expect, present } from "../expect.js";
import { count, size } from "../output.js";
import { followed } from "../steps.js";
import { DOMAIN_NAME, newPassword } from "./context.js";

/**
 * @typedef {import("./context.js").CombellStep} CombellStep
 * @typedef {import("../../../pkg/providers/combell.js").SslCertificateRequestDetail} RequestDetail
 */

/** @type {CombellStep} */
export const order = {
  title: "Order an SSL certificate and follow the request until it is issued",
  code: [
    "const { id } = await combell.sslCertificateRequests",
    '  .create({ csr, certificate_type: "standard", validation_level: "domain_validated" })',
    "  .wait({ onProgress });",
    "const certificate = await combell.sslCertificates.get({ sha1_fingerprint: id });",
  ],
  async run({ combell, known }, show) {
    // Made with `openssl req -new`; its private key was thrown away.
    const csr = readFileSync(new URL("my-shop.csr", import.meta.url), "utf8");
    const { id, location } = await combell.sslCertificateRequests
      .create({ csr, certificate_type: "standard", validation_level: "domain_validated" })
      .wait(followed(show, requestState));
    show.line(`     issued: ${location}`);
    known.fingerprint = id;
    const certificate = await combell.sslCertificates.get({ sha1_fingerprint: id });
    expect(certificate.common_name === DOMAIN_NAME, `the certificate is for ${DOMAIN_NAME}`);
    show.fields({
      common_name: certificate.common_name,
      names: certificate.subject_alt_names?.map(({ value }) => value).join(", "),
      expires_after: certificate.expires_after?.slice(0, 10),
    });
    return "The certificate is issued";
  },
};

/** @param {RequestDetail} request */
const requestState = ({ order_code, validations = [] }) => {
  const open = validations.filter(({ auto_validated }) => !auto_validated).length;
  return `order ${order_code} under way, ${open === 0 ? "nothing to do" : `${open} names to validate`}`;
};

/** @type {CombellStep} */
export const download = {
  title: "Download it with its chain and private key",
  code: [
    "const file = await combell.sslCertificates.download({",
    '  sha1_fingerprint, file_format: "pfx", password,',
    "});",
  ],
  async run({ combell, known }, show) {
    const sha1_fingerprint = present(known.fingerprint, "the fingerprint of the certificate");
    const password = newPassword();
    const { bytes, contentType, filename } = await combell.sslCertificates.download({
      sha1_fingerprint,
      file_format: "pfx",
      password,
    });
    // A PKCS #12 file is one ASN.1 sequence, which says how long it is: text in between would have broken it.
    const length = 4 + new DataView(bytes.buffer, bytes.byteOffset).getUint16(2);
    expect(bytes[0] === 0x30 && bytes.length === length, "the file arrives whole and unchanged");
    show.fields({
      "file.filename": filename,
      "file.contentType": contentType,
      "file.bytes": `${size(bytes.length)}`,
    });
    return `${filename}, ${bytes.length} bytes`;
  },
};

/** @type {CombellStep} */
export const list = {
  title: "List the SSL certificates",
  code: ["const { items, total } = await combell.sslCertificates.list({ take: 5 });"],
  async run({ combell }, show) {
    const { items, total } = await combell.sslCertificates.list({ take: 5 });
    show.table(
      items.map(({ common_name, type, expires_after }) => [
        common_name,
        type,
        `until ${expires_after?.slice(0, 10)}`,
      ]),
    );
    return `${items.length} of ${count(total ?? items.length, "certificate")}`;
  },
};
