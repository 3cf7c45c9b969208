/** The files of the package that say what an import gets, per provider and environment. */

/** What a program runs in: the condition in package.json, and the module's text. */
export const ENVIRONMENTS = {
  // Bundlers leave a .wasm file behind or forbid it; bytes in the code work everywhere else.
  inline: `import { anyEnvironment, compileWasm, provideEnvironment } from "../runtime.js";
import { wasmBase64 } from "./base64.js";
provideEnvironment(anyEnvironment(() => compileWasm(bytes())));
function bytes() {
  if (typeof Uint8Array.fromBase64 === "function") return Uint8Array.fromBase64(wasmBase64);
  const text = atob(wasmBase64);
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) bytes[index] = text.charCodeAt(index);
  return bytes;
}
`,
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
 * @param {{ className: string, extras: string[], parts: string[] }} provider what the class is called, and what of the
 *   runtime its entry hands on and itself needs
 * @param {object} data ProviderData in src/provider.ts
 */
export function clientModule({ className, extras, parts }, data) {
  const { operations, ...rest } = /** @type {{ operations: string }} */ (data);
  const fields = Object.entries(rest).map(([key, value]) => `  ${key}: ${JSON.stringify(value)},`);
  const imports = ["Client", ...extras, ...parts].join(", ");
  return `import { ${imports} } from "../runtime.js";

const provider = {
${[...fields, ...parts.map((part) => `  ${part},`)].join("\n")}
  operations: ${templateLiteral(operations)},
};

export class ${className} extends Client {
  constructor(options) {
    super(provider, options);
  }
}
export * from "../errors.js";
${extras.length > 0 ? `export { ${extras.join(", ")} };\n` : ""}`;
}

/** @param {string} text */
const templateLiteral = (text) => `\`${text.replace(/[\\`]|\$\{/g, "\\$&")}\``;

/** Names of the error classes, for the module that hands them on. */
export function errorsModule(names) {
  return `export { ${names.join(", ")} } from "./runtime.js";\n`;
}

/**
 * An entry: what it runs in, and what is exported.
 * @param {keyof ENVIRONMENTS} environment
 * @param {string} root path to the package's root
 * @param {string} exported module
 */
export function entryModule(environment, root, exported) {
  return `import "${root}wasm/${environment}.js";\nexport * from "${exported}";\n`;
}
