/** Params as they may be shown. */
import { inCore, loadCore, presentCore, readFault } from "./core.js";
import { readMasked } from "./mask.js";
import type { Exchange } from "./operation.js";

/** The params of a call with its secrets masked; nothing where they are wrong, because then nobody can tell which. */
export async function shownParams(exchange: Exchange): Promise<unknown> {
  const core = presentCore() ?? (await loadCore());
  const client = inCore(core, () => exchange.connection.client(core));
  const written = inCore(core, () => exchange.write(core, client, "0", "", 0));
  if (readFault(written)) return undefined;
  const safe = exchange.masked(core, client, exchange.params);
  return readMasked(exchange.params, safe, JSON.parse(exchange.params));
}
