/** Pages of a list, and walking them. */
import { inCore, loadCore, presentCore } from "./core.js";
import { HostwireError } from "./errors.js";
import { type Outcome, runExchange } from "./exchange.js";
import type { Exchange } from "./operation.js";
import { valueAt } from "./pointer.js";
import type { Page } from "./types.js";

/** Makes a page of an answer. */
export async function makePage(exchange: Exchange, outcome: Outcome): Promise<Page<unknown>> {
  const core = presentCore() ?? (await loadCore());
  const [, pointer = "", where] = exchange.line.paging ?? [];
  const items = valueAt(outcome.body, pointer) as unknown[];
  const total = readTotal(outcome, where);
  const next = inCore(core, () => exchange.descriptor(core).nextPage(exchange.params, items.length, total));
  return {
    items,
    ...(total !== undefined && { total }),
    hasNextPage: next !== undefined,
    async getNextPage() {
      if (next === undefined) {
        const details = { provider: exchange.connection.provider.name, operation: exchange.line.name };
        throw new HostwireError("this is the last page: look at hasNextPage first", details);
      }
      const following = exchange.withParams(next);
      return makePage(following, await runExchange(following));
    },
  };
}

/** How many items there are in all: in a header, or in the body where it is a JSON pointer. */
function readTotal({ body, response }: Outcome, where: string | undefined): number | undefined {
  if (where === undefined) return undefined;
  const told = where.startsWith("/") ? valueAt(body, where) : response.headers.get(where);
  return /^\d+$/.test(String(told ?? "")) ? Number(told) : undefined;
}

/** Walks the items of all pages; a page is fetched when its first item is asked for. */
export async function* walkItems(first: Promise<Page<unknown>>): AsyncGenerator<unknown, void, undefined> {
  for (let page = await first; ; page = await page.getNextPage()) {
    yield* page.items;
    if (!page.hasNextPage) return;
  }
}
