/** The WebAssembly as it is published. */

/**
 * Adds the version, as a custom section, so that glue of another version can tell.
 * @param {Buffer} wasm
 * @param {string} version
 */
export function markWasm(wasm, version) {
  const name = Buffer.from("hostwire");
  const content = Buffer.concat([Buffer.of(name.length), name, Buffer.from(version)]);
  // A section's length fits in one byte of LEB128 below 128.
  if (content.length > 127) throw new Error(`the version is too long: ${version}`);
  return Buffer.concat([wasm, Buffer.of(0, content.length), content]);
}

/** What `import core from "hostwire/core.wasm"` gives in Workers, and where bundlers know such imports. */
export const WASM_TYPES = `declare const core: WebAssembly.Module;
export default core;
`;
