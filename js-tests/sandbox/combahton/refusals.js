// How combahton says no: with a status in place of the answer, and nothing more.

import { ok, Refusal } from "../answers.js";
import { challengePage, isChallenge } from "./challenge.js";

/**
 * @typedef {import("../answers.js").Answer} Answer
 * @typedef {import("./settings.js").CombahtonSettings} CombahtonSettings
 *
 * @typedef {"auth_failed" | "auth_params_undefined" | "id_unauthenticated" | "error" | "failed"
 *   | "ssl_chain_invalid" | "exists" | "id_reinstalling"} FailureStatus
 */

export class Failure extends Refusal {
  /**
   * @param {FailureStatus} status
   * @param {string} [reason] only the sandbox tells it, in a header
   */
  constructor(status, reason = "") {
    super(400, status, reason);
  }
}

/**
 * @param {boolean} holds
 * @param {FailureStatus} status
 * @param {string} [reason]
 * @returns {asserts holds}
 */
export function need(holds, status, reason) {
  if (!holds) throw new Failure(status, reason);
}

/**
 * A thing of the customer. What is somebody else's is not told from what does not exist.
 *
 * @template Item
 * @param {import("../collection.js").Collection<Item>} collection
 * @param {string | number} key
 * @returns {Item}
 */
export function ownOne(collection, key) {
  const item = collection.get(key);
  need(item !== undefined, "id_unauthenticated", `there is no such ${collection.kind}`);
  return item;
}

/** What a request can be refused for once it has reached the API; before that, a web server answers. */
const BY_THE_API = ["invalid_request", "operation_unknown"];

/**
 * @param {Refusal} refusal
 * @param {CombahtonSettings} settings
 * @returns {Answer}
 */
export function tellFailure(refusal, settings) {
  if (isChallenge(refusal)) return challengePage(settings);
  const { code, message, faults } = refusal;
  const byTheApi = refusal instanceof Failure || BY_THE_API.includes(code);
  const reason = faults.length > 0 ? faults.map((fault) => fault.text).join("; ") : message;
  return {
    status: byTheApi ? settings.failureStatus : refusal.status,
    headers: { "x-sandbox-reason": reason.replaceAll(/[^ -~]/g, "?") },
    json: { status: refusal instanceof Failure ? code : "error" },
    schema: "#/components/schemas/Failure",
  };
}

/** @param {string} status */
export const tell = (status) => ok({ status });
