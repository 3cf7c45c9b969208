/** The WebAssembly: loaded once for the whole program, and anew after a trap. */
import { environment } from "./environment.js";
import { HostwireError } from "./errors.js";
import { createGlue, type Glue } from "./glue.js";

/** A call that is under way in an instance. */
export interface Running {
  /** Ends it with a reason, unless it has ended. */
  giveUp(reason: unknown): void;
}

/** An instance of the core. */
export class Core {
  #isBroken = false;
  readonly #running = new Set<Running>();

  constructor(readonly glue: Glue) {}

  /** Whether it has trapped: it is then in no known state, and must not be entered any more. */
  get isBroken(): boolean {
    return this.#isBroken;
  }

  begin(call: Running): void {
    this.#running.add(call);
  }

  end(call: Running): void {
    this.#running.delete(call);
  }

  /**
   * Goes into the core for a call. What comes out of it as an exception is a trap: that call fails by it, those
   * that are under way are lost, and the next gets a fresh instance.
   */
  enter<T>(work: () => T, call?: Running): T {
    if (this.#isBroken) throw lostCall();
    try {
      return work();
    } catch (cause) {
      this.#break(call);
      const message = "hostwire's core failed on this call; the next call gets a fresh one";
      throw new HostwireError(message, { cause });
    }
  }

  #break(by: Running | undefined): void {
    this.#isBroken = true;
    if (present === this) present = undefined;
    // Garbage collection frees what Rust has by this glue.
    this.glue.__wbg_set_wasm(NO_EXPORTS);
    for (const call of this.#running) {
      if (call !== by) call.giveUp(lostCall());
    }
    this.#running.clear();
  }
}

const lostCall = () =>
  new HostwireError(
    "hostwire's core failed during another call; whether this one was carried out is not known. " +
      "The next call gets a fresh one",
  );

/** Exports of which each does nothing. */
const NO_EXPORTS: WebAssembly.Exports = new Proxy({}, { get: () => () => undefined });

let present: Core | undefined;
let module: WebAssembly.Module | undefined;
let loading: Promise<Core> | undefined;

/** The core, where it is loaded. */
export const presentCore = (): Core | undefined => present;

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
    const { exports } = instantiated.instance ?? instantiated;
    glue.__wbg_set_wasm(exports);
    (exports as { __wbindgen_start(): void }).__wbindgen_start();
    present = new Core(glue);
    return present;
  } catch (cause) {
    if (cause instanceof HostwireError) throw cause;
    throw new HostwireError(`hostwire's WebAssembly could not be loaded: ${String(cause)}`, { cause });
  }
}
