// A demo that shows something wrong as if it were right is worse than none, so every step checks its result.

/** What came is not what the step is there to show. */
export class Unexpected extends Error {
  name = "Unexpected";
}

/**
 * @param {boolean} holds
 * @param {string} what what should be the case
 * @returns {asserts holds}
 */
export function expect(holds, what) {
  if (!holds) throw new Unexpected(`Expected that ${what}.`);
}

/**
 * @template T
 * @param {T | null | undefined} value
 * @param {string} what what the value is
 * @returns {T}
 */
export function present(value, what) {
  if (value === undefined || value === null) throw new Unexpected(`Expected ${what}; there is none.`);
  return value;
}

/**
 * The error that a call ends in.
 *
 * @template {Error} E
 * @param {new (...args: never[]) => E} Class
 * @param {() => PromiseLike<unknown>} call
 * @returns {Promise<E>}
 */
export async function failure(Class, call) {
  try {
    await call();
  } catch (error) {
    if (error instanceof Class) return error;
    throw error;
  }
  throw new Unexpected(`Expected a ${Class.name}; the call went well.`);
}
