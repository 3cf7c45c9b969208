/**
 * What a promise rejects with. No API of Node's: suite.js uses it too.
 *
 * @param {PromiseLike<unknown>} promise
 * @returns {Promise<any>}
 */
export async function rejection(promise) {
  let value;
  try {
    value = await promise;
  } catch (error) {
    return error;
  }
  throw new Error(`a failure was expected, not ${JSON.stringify(value)}`);
}
