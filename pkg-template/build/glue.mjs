/**
 * wasm-bindgen's glue as a function that makes it anew: after a trap the core gets a fresh instance,
 * and the glue keeps one instance's memory in module variables.
 */
import { readFileSync } from "node:fs";
import { buildSync } from "esbuild";

/** What the glue has and nobody needs; each must be there, or the build stops. */
const NOT_NEEDED = [
  // For runtimes that lack what all have that the package runs in.
  /\(typeof FinalizationRegistry === 'undefined'\)\s*\? \{.*\}\s*: /g,
  /if \(!\('encodeInto' in cachedTextEncoder\)\) \{[\s\S]*?\n\}\n/g,
  // Nobody outside of the package gets an object of the core's: to mix them up, or to free one by `using`.
  /^ *_assertClass\(.*\);\n/gm,
  /^function _assertClass[\s\S]*?^\}\n/gm,
  /^if \(Symbol\.dispose\).*\n/gm,
  // Tables and descriptors go with those who hold them: only clients are freed by hand.
  /^ *__destroy_into_raw\(\) \{[^}]*(Table|Descriptor)Finalization[^}]*\}\n *free\(\) \{[^}]*\}\n/gm,
];

/** How wasm-bindgen has texts go in: character by character as long as they are ASCII. */
const PASS_STRING = `function passStringToWasm0(arg, malloc, realloc) {
    if (realloc === undefined) {
        const buf = cachedTextEncoder.encode(arg);
        const ptr = malloc(buf.length, 1) >>> 0;
        getUint8ArrayMemory0().subarray(ptr, ptr + buf.length).set(buf);
        WASM_VECTOR_LEN = buf.length;
        return ptr;
    }

    let len = arg.length;
    let ptr = malloc(len, 1) >>> 0;

    const mem = getUint8ArrayMemory0();

    let offset = 0;

    for (; offset < len; offset++) {
        const code = arg.charCodeAt(offset);
        if (code > 0x7F) break;
        mem[ptr + offset] = code;
    }
    if (offset !== len) {
        if (offset !== 0) {
            arg = arg.slice(offset);
        }
        ptr = realloc(ptr, len, len = offset + arg.length * 3, 1) >>> 0;
        const view = getUint8ArrayMemory0().subarray(ptr + offset, ptr + len);
        const ret = cachedTextEncoder.encodeInto(arg, view);

        offset += ret.written;
        ptr = realloc(ptr, len, offset, 1) >>> 0;
    }

    WASM_VECTOR_LEN = offset;
    return ptr;
}
`;

/** The same, but that the platform writes what is longer than a few words: 2 kB in a thirtieth of the time. */
const PASS_STRING_FAST = `function passStringToWasm0(arg) {
    let len = arg.length;
    let ptr = wasm.__wbindgen_malloc(len, 1) >>> 0;
    let mem = getUint8ArrayMemory0();
    let read = 0;
    let written;
    if (len < 64) {
        for (; read < len; read++) {
            const code = arg.charCodeAt(read);
            if (code > 0x7F) break;
            mem[ptr + read] = code;
        }
        written = read;
    } else {
        ({ read, written } = cachedTextEncoder.encodeInto(arg, mem.subarray(ptr, ptr + len)));
    }
    if (read < len) {
        arg = arg.slice(read);
        ptr = wasm.__wbindgen_realloc(ptr, len, len = written + arg.length * 3, 1) >>> 0;
        // Memory may have grown, and be another.
        mem = getUint8ArrayMemory0().subarray(ptr + written, ptr + len);
        written += cachedTextEncoder.encodeInto(arg, mem).written;
        ptr = wasm.__wbindgen_realloc(ptr, len, written, 1) >>> 0;
    }
    WASM_VECTOR_LEN = written;
    return ptr;
}
`;

/** What goes in place of parts of the glue; each part must be there, or the build stops. */
const REPLACED = [
  ...NOT_NEEDED.map((pattern) => ({ part: pattern, by: "" })),
  { part: PASS_STRING, by: PASS_STRING_FAST },
  { part: /, wasm\.__wbindgen_malloc, wasm\.__wbindgen_realloc\)/g, by: ")" },
];

/** @param {string} path */
function readGlue(path) {
  return REPLACED.reduce(
    (text, { part, by }) => {
      const replaced = text.replace(part, by);
      if (replaced === text) throw new Error(`the glue no longer has ${part}`);
      return replaced;
    },
    readFileSync(path, "utf8"),
  );
}

/**
 * @param {string} core folder with wasm-pack's output
 * @returns {{ js: string, dts: string }}
 */
export function makeGlue(core) {
  // Bundled, a module ends with the one list of its exports, `export { Client, a as b };`.
  const bundle = {
    bundle: true,
    format: /** @type {const} */ ("esm"),
    target: "es2022",
    write: false,
    minifySyntax: true,
    // Names that only the glue itself uses.
    mangleProps: /^__(wbg_ptr|wrap|destroy_into_raw)$/,
  };
  const stdin = { contents: readGlue(`${core}/hostwire_bg.js`), resolveDir: core };
  const { outputFiles } = buildSync({ stdin, ...bundle });
  const [, body, exported] = /^([\s\S]*)export \{([^}]*)\};\s*$/.exec(outputFiles[0].text) ?? [];
  if (!exported) throw new Error("the glue does not end with a list of its exports");
  const fields = exported.replace(/(\w+) as (\w+)/g, "$2: $1");
  const js = `export function createGlue() {\n${body}return {${fields}};\n}\n`;
  const dts = [
    'import type * as exported from "./hostwire.js";',
    "export type Glue = typeof exported & { __wbg_set_wasm(exports: WebAssembly.Exports): void } & WebAssembly.ModuleImports;",
    "export type GlueClient = exported.Client;",
    "export type Table = exported.Table;",
    "export type Descriptor = exported.Descriptor;",
    "export declare function createGlue(): Glue;",
  ].join("\n");
  return { js, dts: `${dts}\n` };
}
