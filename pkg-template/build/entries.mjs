/** The files of the package that say what an import gets, per provider and environment. */
import { templateLiteral } from "./literal.mjs";

/**
 * Where the bytes are in the code: bundlers leave a .wasm file behind or forbid it. They are in this very file,
 * because each one more costs those who import it without a bundler a part of a millisecond.
 * @param {Buffer} wasm
 */
export const inlineModule = (
  wasm,
) => `import { anyEnvironment, compileWasm, provideEnvironment } from "../runtime.js";
provideEnvironment(anyEnvironment(() => compileWasm(bytes())));
function bytes() {
  if (typeof Uint8Array.fromBase64 === "function") return Uint8Array.fromBase64(wasmBase64);
  // In Node 20 atob is slow, being JavaScript itself.
  if (globalThis.Buffer) return globalThis.Buffer.from(wasmBase64, "base64");
  const text = atob(wasmBase64);
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) bytes[index] = text.charCodeAt(index);
  return bytes;
}
const wasmBase64 = "${wasm.toString("base64")}";
`;

/** Anything else that a program runs in: the condition in package.json, and the module's text. */
export const ENVIRONMENTS = {
  // The program says where they are.
  slim: `import { anyEnvironment, givenWasm, provideEnvironment } from "../runtime.js";
provideEnvironment(anyEnvironment(givenWasm));
`,
  // Workers may not compile bytes; they import a compiled module.
  workerd: `import { provideEnvironment } from "../runtime.js";
import module from "../core.wasm";
provideEnvironment({ wasm: () => module });
`,
  "edge-light": `import { provideEnvironment } from "../runtime.js";
import module from "../core.wasm?module";
provideEnvironment({ wasm: () => module });
`,
};

/**
 * The client class of a provider, with its table.
 * @param {{ className: string, extras: string[] }} provider what the class is called, and what of the runtime its entry
 *   hands on, the error classes among it
 * @param {object} data ProviderData in src/provider.ts, but for its texts
 * @param {{ [field: string]: string }} texts long ones, which are in the module as they are
 */
export function clientModule({ className, extras }, data, texts) {
  const fields = Object.entries(data).map(([key, value]) => `  ${key}: ${JSON.stringify(value)},`);
  const literals = Object.entries(texts).map(([key, text]) => `  ${key}: ${templateLiteral(text)},`);
  return `import { Client } from "../runtime.js";

const provider = {
${[...fields, ...literals].join("\n")}
};

export class ${className} extends Client {
  constructor(options) {
    super(provider, options);
  }
}
export { ${extras.join(", ")} } from "../runtime.js";
`;
}

/**
 * An entry: what it runs in, and what is exported.
 * @param {keyof ENVIRONMENTS | "inline"} environment
 * @param {string} root path to the package's root
 * @param {string} exported module
 */
export function entryModule(environment, root, exported) {
  return `import "${root}wasm/${environment}.js";\nexport * from "${exported}";\n`;
}
