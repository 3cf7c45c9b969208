/** Loads the WebAssembly once for the whole program, and anew after a trap. */
import { environment } from "./environment.js";
import { HostwireError, type Issue } from "./errors.js";
import { createGlue, type Glue } from "./glue.js";
import { nearest } from "./suggest.js";

/** An instance of the core. */
export type Core = Glue;

/** The core, where it is loaded. */
export let presentCore: Core | undefined;
let module: WebAssembly.Module | undefined;
let loading: Promise<Core> | undefined;

/** Loads the core; calls at the same time load it once. A failure is not remembered. */
export function loadCore(): Promise<Core> {
  loading ??= load().finally(() => {
    loading = undefined;
  });
  return loading;
}

async function load(): Promise<Core> {
  try {
    module ??= await environment?.wasm();
    if (!module) throw new HostwireError("hostwire was not imported by one of its entries");
    const glue = createGlue();
    const instantiated: WebAssembly.Instance & { instance?: WebAssembly.Instance } =
      await WebAssembly.instantiate(module, { "./hostwire_bg.js": glue });
    // A module from another realm (Next.js' edge sandbox) counts as bytes: both come back.
    glue.__wbg_set_wasm((instantiated.instance ?? instantiated).exports);
    presentCore = glue;
    return glue;
  } catch (cause) {
    if (cause instanceof HostwireError) throw cause;
    throw new HostwireError(`hostwire's WebAssembly could not be loaded: ${String(cause)}`, { cause });
  }
}

/**
 * Calls into the core. What the core throws is a trap, after which the instance is in no known state:
 * this call fails, and the next gets a fresh instance.
 */
export function inCore<T>(core: Core, call: () => T): T {
  try {
    return call();
  } catch (cause) {
    if (presentCore === core) presentCore = undefined;
    const message = "hostwire's core failed on this call; the next call gets a fresh one";
    throw new HostwireError(message, { cause });
  }
}

/** What the core refuses. */
export interface CoreFault {
  /** Name of the error's class. */
  kind?: string;
  code?: string;
  /** What the provider says, or what is wrong with its answer. */
  told?: string;
  /** How an answer begins that is not what it should be; it may hold anything. */
  quote?: string;
  message?: string;
  issues?: Issue[];
  /** Where a proxy's provider was too slow. */
  timeoutMs?: number;
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
