/** Params as they may be shown. */
import { loadCore, presentCore, readFault } from "./core.js";
import { readMasked } from "./mask.js";
import type { Exchange } from "./operation.js";

/** The params of a call with its secrets masked; nothing where they are wrong, because then nobody can tell which. */
export async function shownParams(exchange: Exchange): Promise<unknown> {
  exchange.enter(presentCore ?? (await loadCore()));
  if (readFault(exchange.write("0", "", 0))) return undefined;
  const safe = exchange.masked(exchange.params);
  return readMasked(exchange.params, safe, JSON.parse(exchange.params));
}
