/** Pages of a list, and walking them. */
import { HostwireError } from "./errors.js";
import { type OperationCall, runCall } from "./operation-call.js";
import type { Outcome } from "./platform/scope.js";
import type { Page } from "./types.js";

/** Makes a page of what a call of a list gave. */
export function makePage(call: OperationCall, { page }: Outcome): Page<unknown> {
  const { items = [], total, next } = page ?? {};
  return {
    items,
    ...(total !== undefined && { total }),
    hasNextPage: next !== undefined,
    async getNextPage() {
      if (next === undefined) {
        const named = { provider: call.session.provider.name, operation: call.operation.name };
        throw new HostwireError("this is the last page: look at hasNextPage first", named);
      }
      const following = { ...call, params: next };
      return makePage(following, await runCall(following));
    },
  };
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
