/** Loads the WebAssembly once for the whole program, and anew after a trap. */
import { HostwireError, type Issue } from "./errors.js";
import { createGlue, type Glue } from "./glue.js";
import { nearest } from "./suggest.js";

/** A compiled module, or the bytes of one. */
export type WasmSource = WebAssembly.Module | BufferSource;

/** An instance of the core. */
export type Core = Glue;

type GiveWasm = () => WasmSource | Promise<WasmSource>;

let give: GiveWasm | undefined;
let module: WebAssembly.Module | undefined;
let present: Core | undefined;
let loading: Promise<Core> | undefined;

/** Says where the WebAssembly comes from. Each entry of the package does; nothing is loaded yet. */
export function provideWasm(source: GiveWasm): void {
  give ??= source;
}

/** The core, where it is loaded. */
export function presentCore(): Core | undefined {
  return present;
}

/** Loads the core; calls at the same time load it once. A failure is not remembered. */
export function loadCore(): Promise<Core> {
  loading ??= load().finally(() => {
    loading = undefined;
  });
  return loading;
}

async function load(): Promise<Core> {
  try {
    module ??= await compile();
    const glue = createGlue();
    const instantiated: WebAssembly.Instance & { instance?: WebAssembly.Instance } =
      await WebAssembly.instantiate(module, { "./hostwire_bg.js": glue });
    // A module from another realm (Next.js' edge sandbox) counts as bytes: both come back.
    glue.__wbg_set_wasm((instantiated.instance ?? instantiated).exports);
    present = glue;
    return glue;
  } catch (cause) {
    throw cause instanceof HostwireError ? cause : new HostwireError(loadFault(cause), { cause });
  }
}

async function compile(): Promise<WebAssembly.Module> {
  if (!give) throw new HostwireError("hostwire has no WebAssembly: import it by one of its entries");
  const source = await give();
  if (!isBytes(source)) return source;
  // Compiling at once is ten times as fast to start, where it does not hold up a page.
  return typeof document === "undefined" ? new WebAssembly.Module(source) : WebAssembly.compile(source);
}

function isBytes(source: WasmSource): source is BufferSource {
  return source instanceof ArrayBuffer || ArrayBuffer.isView(source);
}

function loadFault(cause: unknown): string {
  const text = String(cause);
  return /unsafe-eval|Content Security Policy/i.test(text)
    ? "The page's Content Security Policy forbids WebAssembly: add 'wasm-unsafe-eval' to script-src; " +
        'in an extension\'s manifest: "content_security_policy": { "extension_pages": ' +
        "\"script-src 'self' 'wasm-unsafe-eval'; object-src 'self'\" }"
    : `hostwire's WebAssembly could not be loaded: ${text}`;
}

/**
 * Calls into the core. What the core throws is a trap, after which the instance is in no known state:
 * this call fails, and the next gets a fresh instance.
 */
export function inCore<T>(core: Core, call: () => T): T {
  try {
    return call();
  } catch (cause) {
    if (present === core) present = undefined;
    const message = "hostwire's core failed on this call; the next call gets a fresh one";
    throw new HostwireError(message, { cause });
  }
}

/** What the core refuses. */
export interface CoreFault {
  /** Name of the error's class. */
  kind?: string;
  code?: string;
  message?: string;
  issues?: Issue[];
}

/** The failure that a reply tells, where it tells one. */
export function readFault(reply: string | undefined): CoreFault | undefined {
  if (!reply?.startsWith("!")) return undefined;
  const fault: CoreFault & { issues?: WrittenIssue[] } = JSON.parse(reply.slice(1));
  return { ...fault, ...(fault.issues && { issues: fault.issues.map(readIssue) }) };
}

/** A fault of the core, with the name that was given in place of a known one. */
type WrittenIssue = Issue & { given?: string; known?: string[] };

function readIssue({ given = "", known = [], message, ...issue }: WrittenIssue): Issue {
  const meant = nearest(given, known);
  return { ...issue, message: meant ? `${message}; did you mean ${meant}?` : message };
}
