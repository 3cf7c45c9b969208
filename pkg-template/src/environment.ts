/** What the program runs in, as the entry that it imports has it. */
export interface Environment {
  /** Gives the core, compiled. */
  wasm(): WebAssembly.Module | Promise<WebAssembly.Module>;
  /** Says to `fetch` what this runtime needs; `isOnce` where sending twice is not the same as sending once. */
  adapt?(init: RequestInit, isOnce: boolean): void;
  /** What there is to add where no answer came and the runtime does not say why. */
  explain?(cause: unknown, url: string): string;
  /** What to say of a redirect that is hidden from programs. */
  hiddenRedirect?: string;
}

/** What was provided. */
export let environment: Environment | undefined;

/** Says what the program runs in. Each entry of the package does; nothing is loaded yet. */
export function provideEnvironment(own: Environment): void {
  environment ??= own;
}
