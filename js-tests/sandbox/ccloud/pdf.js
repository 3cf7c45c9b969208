// The smallest PDF that a viewer opens. Every byte value is in it, so that whoever reads it as text is found.

const EVERY_BYTE = Buffer.from(Array.from({ length: 256 }, (_, value) => value));

/**
 * @param {string} title letters, digits, spaces and hyphens
 * @returns {Buffer}
 */
export function pdf(title) {
  const page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R";
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    `${page} /Resources << /Font << /F1 5 0 R >> >> >>`,
    stream(Buffer.from(`BT /F1 24 Tf 72 770 Td (${title}) Tj ET`)),
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    stream(EVERY_BYTE),
  ];
  /** @type {Buffer[]} */
  const parts = [Buffer.from("%PDF-1.4\n")];
  const length = () => parts.reduce((sum, part) => sum + part.length, 0);
  const offsets = objects.map((content, index) => {
    const offset = length();
    parts.push(Buffer.from(`${index + 1} 0 obj\n`), Buffer.from(content), Buffer.from("\nendobj\n"));
    return offset;
  });
  const start = length();
  const entries = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`);
  const size = objects.length + 1;
  parts.push(
    Buffer.from(`xref\n0 ${size}\n0000000000 65535 f \n${entries.join("")}`),
    Buffer.from(`trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`),
  );
  return Buffer.concat(parts);
}

/** @param {Buffer} content */
const stream = (content) =>
  Buffer.concat([
    Buffer.from(`<< /Length ${content.length} >>\nstream\n`),
    content,
    Buffer.from("\nendstream"),
  ]);
