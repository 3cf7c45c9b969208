/** The known name that a mistaken one most likely means. */

/** Names longer than this are nobody's typing mistake. */
const LONGEST = 64;

/** The nearest of the known names, if it is near enough to be meant. */
export function nearest(given: string, known: readonly string[]): string | undefined {
  if (given.length > LONGEST) return undefined;
  const from = plain(given);
  let best = Math.min(4, Math.max(1, Math.floor(from.length / 3))) + 1;
  let meant: string | undefined;
  for (const name of known) {
    const to = plain(name);
    // A name cut short: `domain` for `domain_name`.
    const isStart = from.length >= 3 && to.length > from.length && to.startsWith(from);
    const apart = isStart ? 1 : distance(from, to);
    if (apart < best) [best, meant] = [apart, name];
  }
  return meant;
}

/** Case and word separators are what is most often mistaken: `domainName` for `domain_name`. */
const plain = (name: string) => name.replace(/[_\- ]/g, "").toLowerCase();

/** How many characters to insert, delete or replace (Levenshtein). */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 0; i < from.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < to.length; j++) {
      const replaced = (row[j] as number) + (from[i] === to[j] ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] as number) + 1, (next[j] as number) + 1));
    }
    row = next;
  }
  return row[to.length] as number;
}
