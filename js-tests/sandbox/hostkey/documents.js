// Answers that are not JSON: invoices and traffic graphs.

import { deflateSync } from "node:zlib";
import { ok } from "../answers.js";

/**
 * @typedef {import("../answers.js").Answer} Answer
 *
 * @typedef {object} Document
 * @property {string} contentType
 * @property {string} filename
 * @property {Buffer} bytes
 */

/**
 * A client of the provider reads these answers as JSON with Base64 inside; the spec only has the bytes.
 *
 * @param {import("./world.js").World} world
 * @param {Document} document
 * @returns {Answer}
 */
export function binaryAnswer(world, { contentType, filename, bytes }) {
  if (world.settings.documents === "base64") {
    return { ...ok({ result: "OK", data: bytes.toString("base64") }), unchecked: true };
  }
  const headers = { "content-disposition": `attachment; filename="${filename}"` };
  return { status: 200, headers, contentType, bytes };
}

/**
 * One page with these lines, in bytes that are not all text.
 *
 * @param {string[]} lines
 */
export function invoicePdf(lines) {
  const shown = lines.map((line) => `(${line.replaceAll(/[\\()]/g, "\\$&")}) Tj T*`).join("\n");
  const page = deflateSync(`BT /F1 12 Tf 14 TL 50 780 Td\n${shown}\nET`);
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
    Buffer.concat([
      Buffer.from(`<< /Length ${page.length} /Filter /FlateDecode >>\nstream\n`),
      page,
      Buffer.from("\nendstream"),
    ]),
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
  ];
  const parts = [Buffer.from("%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", "latin1")];
  const offsets = [];
  for (const [index, object] of objects.entries()) {
    offsets.push(lengthOf(parts));
    parts.push(Buffer.from(`${index + 1} 0 obj\n`), Buffer.from(object), Buffer.from("\nendobj\n"));
  }
  const table = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  const start = lengthOf(parts);
  const size = objects.length + 1;
  const end = `xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.concat([...parts, Buffer.from(end)]);
}

/** @param {Buffer[]} parts */
const lengthOf = (parts) => parts.reduce((sum, part) => sum + part.length, 0);

/**
 * A grey image with bars of these heights.
 *
 * @param {number[]} bars 0 to 31
 */
export function graphPng(bars) {
  const height = 32;
  const rows = Array.from({ length: height }, (_, row) =>
    // Each row begins with the number of its filter: none.
    Buffer.from([0, ...bars.map((bar) => (height - row <= bar ? 0x40 : 0xf0))]),
  );
  const header = Buffer.alloc(13);
  header.writeUInt32BE(bars.length, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(Buffer.concat(rows))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/**
 * @param {string} type
 * @param {Buffer} data
 */
function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** @param {Buffer} bytes */
function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
