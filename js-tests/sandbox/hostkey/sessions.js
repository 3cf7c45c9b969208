// Sessions: who has which token, until when and from where.

import { createHash } from "node:crypto";
import { Refusal } from "../answers.js";

/**
 * @typedef {import("../exchange.js").Exchange} Exchange
 * @typedef {import("./world.js").World} World
 *
 * @typedef {object} Session
 * @property {string} token
 * @property {string} owner the API key or the user that it was opened with
 * @property {number} expires Unix time, in seconds
 * @property {string | null} address the only one that it may be used from
 * @property {number} limitedTo the only server that it covers; 0 for the whole account
 * @property {number[]} servers as they were when the session was opened, or its list was renewed
 *
 * @typedef {object} Opening
 * @property {string} owner
 * @property {number} limitedTo
 * @property {number} [ttl] seconds
 * @property {0 | 1} [fix_ip]
 */

export class Sessions {
  /** @type {Map<string, Session>} */
  #byToken = new Map();
  #opened = 0;
  /** How many logins there were that gave a token, old or new. */
  logins = 0;

  /** @param {World} world */
  constructor(world) {
    this.world = world;
  }

  #seconds() {
    return Math.floor(this.world.now() / 1000);
  }

  /** @param {Session} session */
  #holds({ expires, address }) {
    return expires > this.#seconds() && (address === null || address === this.world.settings.callerAddress);
  }

  /**
   * Gives the token of an earlier login again while that holds.
   *
   * @param {Opening} opening
   * @returns {{ session: Session, isNew: boolean }}
   */
  open({ owner, limitedTo, ttl, fix_ip }) {
    const { tokenLifetimeSeconds, callerAddress } = this.world.settings;
    this.logins += 1;
    const earlier = [...this.#byToken.values()].find(
      (session) => session.owner === owner && this.#holds(session),
    );
    if (earlier) {
      if (fix_ip === 0) earlier.address = null;
      return { session: earlier, isNew: false };
    }
    this.#opened += 1;
    const session = {
      token: createHash("md5").update(`session ${this.#opened} of ${owner}`).digest("hex"),
      owner,
      expires: this.#seconds() + Math.min(ttl ?? tokenLifetimeSeconds, tokenLifetimeSeconds),
      address: fix_ip === 0 ? null : callerAddress,
      limitedTo,
      servers: this.world.serverNumbers(limitedTo),
    };
    this.#byToken.set(session.token, session);
    return { session, isNew: true };
  }

  /**
   * @param {unknown} token
   * @returns {Session}
   */
  find(token) {
    const session = typeof token === "string" ? this.#byToken.get(token) : undefined;
    if (session && this.#holds(session)) return session;
    const { tokenRefusal } = this.world.settings;
    throw tokenRefusal === 401
      ? new Refusal(401, "token_refused", "Unauthorized")
      : new Refusal(200, "token_refused", tokenRefusal);
  }

  /** @param {Session} session */
  close({ token }) {
    this.#byToken.delete(token);
  }

  /** @param {string} owner */
  closeAllOf(owner) {
    for (const session of this.#byToken.values()) if (session.owner === owner) this.close(session);
  }

  expireAll() {
    this.#byToken.clear();
  }
}

/**
 * @param {import("../../spec.js").Operation} operation
 * @returns {boolean} whether it goes without a token
 */
export function isPublic({ node }) {
  const auth = /** @type {{ scheme?: string } | undefined} */ (node["x-auth"]);
  return auth?.scheme === "none";
}

/**
 * Finds out whose session a request belongs to.
 *
 * @param {() => World} world
 */
export function createSessionCheck(world) {
  /** @type {WeakMap<Exchange, Session>} */
  const sessions = new WeakMap();

  return {
    /** @type {import("../checks.js").Check} */
    check(exchange) {
      const { operation, content } = exchange;
      if (!operation || isPublic(operation)) return;
      const form = /** @type {{ token?: unknown }} */ ("value" in content ? content.value : {});
      sessions.set(exchange, world().sessions.find(form.token));
    },

    /** @param {Exchange} exchange */
    of: (exchange) => sessions.get(exchange),
  };
}
