/**
 * What Rust awaits in place of a promise. A promise's own reactions would go into the core in a turn of theirs, outside
 * of any try: a trap there would be nobody's, and the call would hang.
 */
export class Pending {
  readonly #enter: (work: () => void) => void;
  readonly #onSettled: (pending: Pending) => void;
  #resolve: ((value: unknown) => void) | undefined;
  #reject: ((reason: unknown) => void) | undefined;

  /** `enter` goes into the core, if that can still be done. */
  constructor(enter: (work: () => void) => void, onSettled: (pending: Pending) => void) {
    this.#enter = enter;
    this.#onSettled = onSettled;
  }

  // biome-ignore lint/suspicious/noThenProperty: it is what Rust's side calls, at once, and nobody else
  then(resolve: (value: unknown) => void, reject: (reason: unknown) => void): void {
    this.#resolve = resolve;
    this.#reject = reject;
  }

  resolve(value?: unknown): void {
    this.#settle(this.#resolve, value);
  }

  reject(reason: unknown): void {
    this.#settle(this.#reject, reason);
  }

  #settle(by: ((value: unknown) => void) | undefined, value: unknown): void {
    if (!by) return;
    this.#resolve = undefined;
    this.#reject = undefined;
    this.#onSettled(this);
    this.#enter(() => by(value));
  }
}
