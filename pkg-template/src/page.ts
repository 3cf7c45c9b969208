/** Pages of a list, and walking them. */
import { HostwireError } from "./errors.js";
import { runExchange } from "./exchange.js";
import type { Exchange } from "./operation.js";
import type { Outcome } from "./outcome.js";
import { valueAt } from "./pointer.js";
import type { Page } from "./types.js";

/** Makes a page of an answer. */
export function makePage(exchange: Exchange, outcome: Outcome): Page<unknown> {
  const [style = "", pointer = "", where] = exchange.line.paging ?? [];
  const items = valueAt(outcome.body, pointer) as unknown[];
  const total = readTotal(outcome, where);
  const next = nextParams(style, JSON.parse(exchange.params), items.length, total);
  return {
    items,
    ...(total !== undefined && { total }),
    hasNextPage: next !== undefined,
    async getNextPage() {
      if (next === undefined) {
        throw new HostwireError("this is the last page: look at hasNextPage first", exchange.details);
      }
      const following = exchange.withParams(JSON.stringify(next));
      return makePage(following, await runExchange(following));
    },
  };
}

/** The parameters that say where a page starts and how long it is, by the style of paging. */
const PLACES: Readonly<Record<string, readonly [place: string, size: string, first: number]>> = {
  "skip-take": ["skip", "take", 0],
  "limit-offset": ["offset", "limit", 0],
  "limit-page": ["page", "limit", 1],
};

/** The params of the next page; nothing where this one, on which `count` items came, is the last. */
export function nextParams(
  style: string,
  params: Readonly<Record<string, unknown>>,
  count: number,
  total: number | undefined,
): Record<string, unknown> | undefined {
  const [place, size, first] = PLACES[style] as (typeof PLACES)[string];
  const here = Number(params[place] ?? first);
  const asked = params[size] === undefined ? undefined : Number(params[size]);
  const seen = first === 0 ? here + count : (here - 1) * (asked ?? count) + count;
  // Without a total, a page that is not full is no sign: the provider may give fewer than are asked for.
  const more = total === undefined || seen < total;
  // An empty page ends the walk whatever the total claims, or it would never end.
  return count > 0 && more ? { ...params, [place]: first === 0 ? seen : here + 1 } : undefined;
}

/** How many items there are in all: in a header, or in the body where it is a JSON pointer. */
function readTotal({ body, headers }: Outcome, where: string | undefined): number | undefined {
  if (where === undefined) return undefined;
  const told = where.startsWith("/") ? valueAt(body, where) : headers.get(where);
  return /^\d+$/.test(String(told ?? "")) ? Number(told) : undefined;
}

/**
 * Walks the items of all pages; a page is fetched when its first item is asked for. A generator of items would take
 * three times as long for each of them.
 */
export function walkItems(first: Promise<Page<unknown>>): AsyncIterableIterator<unknown, void, undefined> {
  const pages = walkPages(first);
  /** Those of the page that it is at; nothing at the end. */
  let items: readonly unknown[] | undefined = [];
  let at = 0;
  let turning: Promise<void> | undefined;
  const turn = async () => {
    try {
      const { value } = await pages.next();
      // Not where it was ended meanwhile.
      items &&= value as unknown[] | undefined;
      at = 0;
    } finally {
      turning = undefined;
    }
  };
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      // Pages may be empty. Who asks before a page is there waits with those who have asked already.
      while (items && at >= items.length) {
        turning ??= turn();
        await turning;
      }
      return items ? { value: items[at++], done: false } : { value: undefined, done: true };
    },
    async return() {
      items = undefined;
      await pages.return();
      return { value: undefined, done: true };
    },
  };
}

async function* walkPages(first: Promise<Page<unknown>>): AsyncGenerator<unknown[], void, undefined> {
  for (let page = await first; ; page = await page.getNextPage()) {
    yield page.items;
    if (!page.hasNextPage) return;
  }
}
