// For providers whose lists only give numbers: asks for each, a few at a time.

const AT_ONCE = 4;

/**
 * @template From, To
 * @param {readonly From[]} things
 * @param {(thing: From) => Promise<To>} ask
 * @returns {Promise<To[]>} in the same order
 */
export async function askEach(things, ask) {
  /** @type {To[]} */
  const answers = [];
  const waiting = things.entries();
  const work = async () => {
    for (const [index, thing] of waiting) answers[index] = await ask(thing);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return answers;
}
