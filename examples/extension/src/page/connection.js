// A page's line to the worker.

/**
 * @typedef {import("../types.js").Failure} Failure
 * @typedef {import("../types.js").FromWorker} FromWorker
 * @typedef {import("../types.js").News} News
 * @typedef {import("../types.js").QuestionName} QuestionName
 * @typedef {import("../types.js").Questions} Questions
 */

/** What the worker says that it could not do. */
export class Failed extends Error {
  /** @param {Failure} failure */
  constructor(failure) {
    super(failure.title);
    this.failure = failure;
  }
}

/**
 * @param {unknown} error
 * @returns {Failure}
 */
export const failureOf = (error) =>
  error instanceof Failed
    ? error.failure
    : { title: "Something in this extension went wrong", help: String(error), issues: [] };

/**
 * @typedef {<Name extends QuestionName>(ask: Name, params: Questions[Name]["takes"]) => Promise<Questions[Name]["gives"]>} Ask
 *
 * @param {string} name
 * @param {(news: News) => void} onNews
 * @param {() => void} onAgain the worker was started anew: what is known of it may be old
 * @returns {Ask}
 */
export function connectToWorker(name, onNews, onAgain) {
  /** @type {Map<number, { resolve: (gives: unknown) => void, reject: (error: Error) => void }>} */
  const open = new Map();
  let last = 0;
  let port = connect();

  function connect() {
    const connected = chrome.runtime.connect({ name });
    connected.onMessage.addListener((message) => receive(/** @type {FromWorker} */ (message)));
    // The browser ends workers that have nothing to do.
    connected.onDisconnect.addListener(() => {
      for (const { reject } of open.values()) reject(new Error("the connection was lost"));
      open.clear();
      port = connect();
      onAgain();
    });
    return connected;
  }

  /** @param {FromWorker} message */
  function receive(message) {
    if ("news" in message) return onNews(message);
    const waiting = open.get(message.id);
    open.delete(message.id);
    if ("failure" in message) waiting?.reject(new Failed(message.failure));
    else waiting?.resolve(message.gives);
  }

  return (ask, params) =>
    new Promise((resolve, reject) => {
      last += 1;
      // That the answer is that of the question is what the type Questions says.
      open.set(last, { resolve: /** @type {(gives: unknown) => void} */ (resolve), reject });
      port.postMessage({ id: last, ask, params });
    });
}
