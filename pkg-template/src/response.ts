/** What came with the data. */
import { loadCore, presentCore } from "./core.js";
import { Answer } from "./platform/answer.js";
import type { Outcome } from "./platform/scope.js";
import type { Session } from "./session.js";
import type { ResponseInfo } from "./types.js";

/** Made where it is asked for, because reading headers takes long. */
export async function responseOf(session: Session, outcome: Outcome): Promise<ResponseInfo> {
  const { status, headers, url, attempts } = outcome;
  const told = outcome.rateLimit ?? (await readRateLimit(session, outcome));
  return { status, headers, url, attempts, rateLimit: told };
}

async function readRateLimit(session: Session, { status, headers, url }: Outcome) {
  const core = presentCore() ?? (await loadCore());
  return core.enter(() => session.clientIn(core).rateLimit(new Answer(status, headers, url, "")));
}
