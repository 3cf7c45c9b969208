/** Takes the WebAssembly from the program, where bytes inside the JavaScript are not wanted. */
import { compileWasm } from "./any-environment.js";
import { HostwireError } from "./errors.js";

/** The version of this package; the build puts it in here and into the WebAssembly. */
declare const HOSTWIRE_VERSION: string;

/** `core.wasm` of this package: compiled, its bytes, where it can be fetched, or an answer that has it. */
export type WasmInput = WebAssembly.Module | BufferSource | string | URL | Response;

/** What `setWasm` takes: the WebAssembly, a promise of it, or a function that gives it when it is needed. */
export type WasmSource = WasmInput | Promise<WasmInput> | (() => WasmInput | Promise<WasmInput>);

let given: WasmSource | undefined;

/**
 * Says where the WebAssembly is: `hostwire/core.wasm`, of the same version. Nothing is loaded before the first
 * call. A failure is not remembered, so that the next call tries again.
 */
export function setWasm(source: WasmSource): void {
  given = source;
}

/** The WebAssembly that the program gave, compiled. */
export async function givenWasm(): Promise<WebAssembly.Module> {
  if (given === undefined) {
    throw new HostwireError("hostwire/slim has no WebAssembly: call setWasm with hostwire/core.wasm first");
  }
  const module = await compile(await (typeof given === "function" ? given() : given));
  const [section] = WebAssembly.Module.customSections(module, "hostwire");
  const found = section && new TextDecoder().decode(section);
  if (found !== HOSTWIRE_VERSION) {
    const which = found ? `of hostwire ${found}` : "not hostwire's core.wasm";
    throw new HostwireError(`setWasm was given WebAssembly that is ${which}; this is ${HOSTWIRE_VERSION}`);
  }
  return module;
}

async function compile(input: WasmInput): Promise<WebAssembly.Module> {
  if (typeof input === "string" || input instanceof URL) return compile(await fetchWasm(String(input)));
  if (input instanceof Response) {
    if (!input.ok) throw new HostwireError(`${input.url || "the WebAssembly"} was answered ${input.status}`);
    return compileWasm(await input.arrayBuffer());
  }
  // Not instanceof Module: one from another realm is none of this one's.
  return isBytes(input) ? compileWasm(input) : input;
}

function isBytes(input: WebAssembly.Module | BufferSource): input is BufferSource {
  return input instanceof ArrayBuffer || ArrayBuffer.isView(input);
}

async function fetchWasm(url: string): Promise<Response> {
  try {
    return await globalThis.fetch(url);
  } catch (cause) {
    throw new HostwireError(`the WebAssembly could not be fetched from ${url}: ${String(cause)}`, { cause });
  }
}
