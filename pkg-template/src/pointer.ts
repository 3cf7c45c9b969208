/** What the first of some JSON pointers leads to that is right. */
export function firstAt<T>(
  value: unknown,
  pointers: readonly string[] = [],
  isRight: (found: unknown) => found is T,
): T | undefined {
  for (const pointer of pointers) {
    const found = valueAt(value, pointer);
    if (isRight(found)) return found;
  }
  return undefined;
}

/** The value at a JSON pointer (RFC 6901). */
export function valueAt(value: unknown, pointer: string): unknown {
  // The whole, as most lists are found.
  if (pointer === "") return value;
  let at = value;
  for (const step of pointer.split("/").slice(1)) {
    if (typeof at !== "object" || at === null) return undefined;
    at = (at as Record<string, unknown>)[step.replaceAll("~1", "/").replaceAll("~0", "~")];
  }
  return at;
}
