// auth.php: logging in and out, and what a session may do.

import { loadSpec } from "../../spec.js";
import { ok, Refusal } from "../answers.js";
import { addressListed } from "./networks.js";
import { done } from "./results.js";
import { isPublic } from "./sessions.js";

/**
 * @typedef {import("./sessions.js").Session} Session
 * @typedef {import("./world.js").World} World
 *
 * @typedef {{ fix_ip?: 0 | 1, ttl?: number }} SessionWishes
 */

/** The names that Hostkey has for the calls of the spec: `api_keys/edit`. */
const PERMISSIONS = [...loadSpec("hostkey").operations.values()]
  .filter((operation) => !isPublic(operation))
  .map(({ template }) => template.replace(/^\/(\w+)\.php#(\w+).*$/, "$1/$2"))
  .filter((name, index, names) => names.indexOf(name) === index)
  .sort();

/**
 * @param {World} world
 * @param {Session} session
 * @param {boolean} isNew
 */
const describe = (world, { token, expires }, isNew) => ({
  token,
  role: "Customer billing",
  role_type: "Customer",
  whmcs_id: world.client.id,
  whmcs_location: "whmcs_com",
  permissions: PERMISSIONS,
  token_expire: expires,
  new: isNew ? 1 : 0,
});

const BILLING_OPTIONS = {
  url: "https://billing.example.com/",
  location: "NL",
  company: "HOSTKEY B.V.",
  active: 1,
  allowed_payments: ["paypal"],
  native_endpoint: "invapi.hostkey.com",
};

/** @param {string} text */
const loginRefused = (text) => new Refusal(200, "login_refused", text);

/** @type {Record<string, import("../provider.js").Handler>} */
export const authHandlers = {
  "auth.login": (
    /** @type {import("./world.js").Call<SessionWishes & { key: string }>} */ { world, body },
  ) => {
    const key = world.apiKeys.all().find(({ api_key }) => api_key === body.key);
    if (!key) throw loginRefused("API key not found");
    if (key.active === 0) throw loginRefused("api key is disabled");
    if (!addressListed(key.ip, world.settings.callerAddress)) {
      throw loginRefused("IP not allowed");
    }
    if (world.servers.all().length === 0) {
      throw new Refusal(200, "NO_APPROPRIATE_SERVERS", "No appropriate servers found");
    }
    const { session, isNew } = world.sessions.open({
      owner: `key ${key.id}`,
      limitedTo: key.server_id,
      ttl: body.ttl,
      fix_ip: body.fix_ip,
    });
    const { servers } = session;
    const result = { ...describe(world, session, isNew), servers, customer_id: world.client.customer };
    return ok(world.shapes.of("login", { result }, { ...result, invapi: "https://invapi.hostkey.com/" }));
  },

  "auth.whmcslogin": (
    /** @type {import("./world.js").Call<SessionWishes & { user: string, password: string }>} */
    { world, body },
  ) => {
    const { user, password } = world.account;
    if (body.user !== user || body.password !== password) throw loginRefused("Wrong user or password");
    const { session, isNew } = world.sessions.open({
      owner: `user ${user}`,
      limitedTo: 0,
      ttl: body.ttl,
      fix_ip: body.fix_ip,
    });
    return ok({
      result: {
        ...describe(world, session, isNew),
        whmcs_token: null,
        corporate: 0,
        verified: null,
        billing_options: BILLING_OPTIONS,
      },
      timings: [{ init: 2 }, { auth_log_time: [{ add_log: 3 }] }],
    });
  },

  "auth.logout": (/** @type {import("./world.js").Call} */ { world, session }) => {
    world.sessions.close(session);
    return done(world);
  },

  "auth.info": (/** @type {import("./world.js").Call} */ { world, session }) => {
    const servers = session.servers.map(String);
    const result = {
      // An empty object of PHP goes out as an empty array.
      servers: servers.length > 0 ? Object.fromEntries(servers.map((id) => [id, id])) : [],
      show_products: 1,
      manage_products: 1,
      show_invoices: 1,
      manage_orders: 1,
      email: world.client.email,
      token_expire: session.expires,
      whmcs_id: String(world.client.id),
      whmcs_location: "whmcs_com",
      billing_servers: [],
      deploy_keys: world.deployKeys(),
      permissions: PERMISSIONS,
      role_type: "Customer",
      role_name: "Customer billing",
      verified: null,
      sumsub_id: null,
      sumsub_comment: null,
      corporate: 0,
      tags: world.client.tags,
      billing_options: BILLING_OPTIONS,
      client_ip: world.settings.callerAddress,
      timing: [{ auth_validate_token: 0 }],
    };
    const { whmcs_id, whmcs_location, ...data } = result;
    const live = { result: "OK", whmcs_id, customer_id: world.client.customer, whmcs_location, data };
    return ok(world.shapes.of("session", { result }, live));
  },
};
