/** What the program runs in, as the entry that it imports has it. */
export interface Environment {
  /** Gives the core, compiled. */
  wasm(): WebAssembly.Module | Promise<WebAssembly.Module>;
  /** What there is to add where no answer came and the runtime does not say why. */
  explain?(cause: unknown, url: string): string;
}

let provided: Environment | undefined;

/** Says what the program runs in. Each entry of the package does; nothing is loaded yet. */
export function provideEnvironment(environment: Environment): void {
  provided ??= environment;
}

export function environment(): Environment | undefined {
  return provided;
}
