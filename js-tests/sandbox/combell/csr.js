// Takes the names out of a certificate signing request (PKCS #10). Its signature is not looked at.

/**
 * @typedef {object} Csr
 * @property {string} commonName
 * @property {{ type: "dns" | "ip", value: string }[]} altNames
 *
 * @typedef {{ tag: number, content: Buffer }} Der
 */

const COMMON_NAME = "550403";
const SUBJECT_ALT_NAME = "551d11";

/**
 * @param {string} pem
 * @returns {Csr | undefined} undefined where this is no request, or one without a name
 */
export function readCsr(pem) {
  const base64 = /-----BEGIN (?:NEW )?CERTIFICATE REQUEST-----([\sA-Za-z0-9+/=]+)-----END/.exec(pem)?.[1];
  if (!base64) return undefined;
  try {
    const nodes = [...walk(Buffer.from(base64, "base64"))];
    /** @param {string} oid */
    const after = (oid) => {
      const index = nodes.findIndex(({ tag, content }) => tag === 0x06 && content.toString("hex") === oid);
      return index < 0 ? undefined : nodes[index + 1]?.content;
    };
    const commonName = after(COMMON_NAME)?.toString("utf8");
    if (!commonName) return undefined;
    const extension = after(SUBJECT_ALT_NAME);
    return { commonName, altNames: extension ? [...walk(extension)].flatMap(altName) : [] };
  } catch {
    return undefined;
  }
}

/**
 * @param {Der} node
 * @returns {Csr["altNames"]}
 */
function altName({ tag, content }) {
  if (tag === 0x82) return [{ type: "dns", value: content.toString("latin1") }];
  if (tag === 0x87 && content.length === 4) return [{ type: "ip", value: content.join(".") }];
  return [];
}

/**
 * Every element, an outer one before those in it.
 *
 * @param {Buffer} bytes
 * @returns {Generator<Der>}
 */
function* walk(bytes) {
  let at = 0;
  while (at < bytes.length) {
    const tag = bytes.readUInt8(at);
    let length = bytes.readUInt8(at + 1);
    at += 2;
    if (length & 0x80) {
      const size = length & 0x7f;
      length = bytes.readUIntBE(at, size);
      at += size;
    }
    const content = bytes.subarray(at, at + length);
    if (content.length < length) throw new RangeError("the element is cut off");
    yield { tag, content };
    if (tag & 0x20) yield* walk(content);
    at += length;
  }
}
