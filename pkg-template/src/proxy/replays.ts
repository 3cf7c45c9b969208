/** Requests that arrive twice: browsers send one again by themselves where a connection breaks off. */
import { Denied } from "./denied.js";

const KEPT_MS = 600_000;
const MOST_KEPT = 10_000;

/** The ids of requests that change something, for ten minutes; in memory, so for one process or isolate. */
export class Replays {
  readonly #seen = new Map<string, number>();

  /** @throws {Denied} where a request of this id and caller has been let through */
  check(caller: string, id: string | null): void {
    if (id === null) return;
    if (!/^[\w-]{16,64}$/.test(id))
      throw new Denied(400, "request_id", "The request id is 16 to 64 letters and digits.");
    const now = Date.now();
    const key = JSON.stringify([caller, id]);
    if ((this.#seen.get(key) ?? 0) > now) {
      throw new Denied(409, "repeated", "This request has arrived before, and may have been carried out.");
    }
    this.#seen.set(key, now + KEPT_MS);
    for (const [oldest, until] of this.#seen) {
      if (until > now && this.#seen.size <= MOST_KEPT) break;
      this.#seen.delete(oldest);
    }
  }
}
