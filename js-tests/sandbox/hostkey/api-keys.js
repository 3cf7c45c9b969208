// api_keys.php: keys for logging in, and what was done to them.

import { createHash } from "node:crypto";
import { demand } from "../answers.js";
import { demandKnown } from "./known.js";
import { entriesOf, isAddressOrNetwork } from "./networks.js";
import { done, moduleDone } from "./results.js";

/**
 * @typedef {import("./world.js").World} World
 *
 * @typedef {object} ApiKey
 * @property {number} id
 * @property {string} name
 * @property {0 | 1} active
 * @property {string} ip
 * @property {number} server_id 0 for the whole account
 * @property {string} token_view
 * @property {"none" | "email" | "webhook"} login_notify_method
 * @property {string | null} login_notify_address
 * @property {string} api_key
 *
 * @typedef {object} ApiKeyInput
 * @property {string} name
 * @property {number} [server_id]
 * @property {string} [ip]
 * @property {ApiKey["login_notify_method"]} login_notify_method
 * @property {string} [login_notify_address]
 * @property {0 | 1} active
 *
 * @typedef {object} ApiKeyEvent
 * @property {number} id
 * @property {number} key
 * @property {string} date
 * @property {string} message
 */

/**
 * @param {World} world
 * @param {ApiKeyInput} input
 * @param {string} [secret] made up unless given
 */
export function addApiKey(world, input, secret) {
  const id = world.number("API key");
  const hex = createHash("sha256").update(`API key ${id}`).digest("hex");
  const api_key = secret ?? `${hex.slice(0, 16)}-${hex.slice(16, 32)}`;
  const key = world.apiKeys.add({
    id,
    name: input.name,
    active: input.active,
    ip: entriesOf(input.ip ?? "").join(" "),
    server_id: input.server_id ?? 0,
    token_view: api_key.slice(0, 4),
    login_notify_method: input.login_notify_method,
    login_notify_address: input.login_notify_address ?? null,
    api_key,
  });
  note(world, id, `Created new api_key ${id}. json:${JSON.stringify(input)}`);
  return key;
}

/**
 * @param {World} world
 * @param {number} key
 * @param {string} message
 */
const note = (world, key, message) =>
  world.apiKeyEvents.unshift({ id: world.number("API key event"), key, date: world.timestamp(), message });

/** @param {ApiKey} key */
const withoutSecret = ({ api_key, ...key }) => key;

/**
 * @param {World} world
 * @param {ApiKeyInput} input
 */
function demandSense(world, { ip = "", server_id, login_notify_method }) {
  demandKnown("login_notify_method", login_notify_method, ["none", "email", "webhook"]);
  if (server_id) world.servers.find(server_id);
  demand(
    [
      entriesOf(ip).every(isAddressOrNetwork),
      "ip_invalid",
      "params[ip] has to be addresses and networks, separated by commas",
    ],
    [
      !server_id || login_notify_method === "none",
      "login_notify_method_invalid",
      "a key of one server goes with login_notify_method none only",
    ],
  );
}

/**
 * @template Params
 * @typedef {import("./world.js").Call<{ params: Params }>} Call
 */

/** @type {Record<string, import("../provider.js").Handler>} */
export const apiKeyHandlers = {
  "apiKeys.list": (/** @type {Call<{}>} */ { world }) =>
    moduleDone("api_keys", "list", { data: world.apiKeys.all().map(withoutSecret) }),

  "apiKeys.listForServer": (
    /** @type {Call<{ server_id: number }>} */ { world, session, body: { params } },
  ) => {
    const { id } = world.findServer(session, params.server_id);
    const keys = world.apiKeys.all().filter((key) => key.server_id === id);
    return moduleDone("api_keys", "list_for_server", { data: keys.map(withoutSecret) });
  },

  "apiKeys.view": (/** @type {Call<{ id: number }>} */ { world, body: { params } }) =>
    moduleDone("api_keys", "view", { data: withoutSecret(world.apiKeys.find(params.id)) }),

  "apiKeys.add": (/** @type {Call<ApiKeyInput>} */ { world, body: { params } }) => {
    demandSense(world, params);
    return moduleDone("api_keys", "add", { data: addApiKey(world, params) });
  },

  "apiKeys.edit": (/** @type {Call<ApiKeyInput & { id: number }>} */ { world, body: { params } }) => {
    const key = world.apiKeys.find(params.id);
    const { name, active, login_notify_method, login_notify_address, ip, server_id } = params;
    demandSense(world, { ...params, server_id: server_id ?? key.server_id });
    Object.assign(key, { name, active, login_notify_method });
    if (login_notify_address !== undefined) key.login_notify_address = login_notify_address;
    if (ip !== undefined) key.ip = entriesOf(ip).join(" ");
    if (server_id !== undefined) key.server_id = server_id;
    if (active === 0) world.sessions.closeAllOf(`key ${key.id}`);
    note(world, key.id, `Updated api_key ${key.id}. json:${JSON.stringify(params)}`);
    return done(world, { module: "api_keys", action: "edit" });
  },

  "apiKeys.delete": (/** @type {Call<{ id: number }>} */ { world, body: { params } }) => {
    world.apiKeys.remove(params.id);
    world.sessions.closeAllOf(`key ${params.id}`);
    note(world, params.id, `Deleted api_key ${params.id}. json:${JSON.stringify(params)}`);
    return done(world, { module: "api_keys", action: "delete" });
  },

  "apiKeys.history": (
    /** @type {Call<{ id: number, period_from?: string, period_to?: string }>} */
    { world, body: { params } },
  ) => {
    const { period_from = "", period_to = "9999-12-31" } = params;
    const events = world.apiKeyEvents.filter(
      ({ key, date }) =>
        key === params.id && date.slice(0, 10) >= period_from && date.slice(0, 10) <= period_to,
    );
    // What was done to a deleted key is still there; of one that never was there is nothing.
    if (events.length === 0) world.apiKeys.find(params.id);
    return moduleDone("api_keys", "history", {
      data: events.map(({ key, ...event }) => ({ ...event, type: "action", Login: world.client.email })),
    });
  },
};
