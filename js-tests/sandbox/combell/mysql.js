import { demand, noContent, ok, pathOf } from "../answers.js";
import { Collection } from "../collection.js";
import { page } from "./paging.js";

/**
 * @typedef {import("./world.js").World} World
 *
 * @typedef {object} DatabaseUser
 * @property {string} name
 * @property {"read_and_write" | "read_only"} rights
 * @property {boolean} enabled
 *
 * @typedef {object} Database
 * @property {string} name prefix included
 * @property {number} account_id
 * @property {number} actual_size
 * @property {Collection<DatabaseUser>} users
 *
 * @typedef {{ database_name: string }} Params
 * @typedef {Params & { user_name: string }} UserParams
 */

/**
 * A new database has a user of the same name that may do everything.
 *
 * @param {World} world
 * @param {string} name
 * @param {number} accountId
 * @returns {Database}
 */
export function addDatabase(world, name, accountId) {
  /** @type {Database} */
  const database = {
    name,
    account_id: accountId,
    actual_size: 0,
    users: new Collection("database user", (user) => user.name),
  };
  database.users.add({ name, rights: "read_and_write", enabled: true });
  return world.databases.add(database);
}

/**
 * @param {number} accountId
 * @param {string} name
 */
export const prefixed = (accountId, name) => `ID${accountId}_${name}`;

/** @param {Database} database */
const shown = ({ name, account_id, actual_size, users }) => ({
  name,
  hostname: `${name}.db.webhosting.example`,
  user_count: users.all().length,
  max_size: 1024,
  actual_size,
  account_id,
});

/** @type {Record<string, import("../provider.js").Handler>} */
export const mySqlHandlers = {
  "mySqlDatabases.list": (
    /** @type {import("./world.js").Call<import("./paging.js").Paging>} */ { world, params },
  ) => page(world, params, world.databases.all().map(shown)),

  "mySqlDatabases.get": (/** @type {import("./world.js").Call<Params>} */ { world, params }) =>
    ok(shown(world.databases.find(params.database_name))),

  "mySqlDatabases.create": (
    /** @type {import("./world.js").Call<{}, { database_name: string, account_id: number }>} */ {
      world,
      body,
    },
  ) => {
    const account = world.accounts.get(body.account_id);
    const name = prefixed(body.account_id, body.database_name);
    const used = world.databases.all().filter((database) => database.account_id === body.account_id).length;
    demand(
      [
        /^[A-Za-z0-9_]{1,50}$/.test(body.database_name),
        "database_name_invalid",
        "The name may have a-z, 0-9 and _.",
      ],
      [account !== undefined, "account_not_found", "There is no such account."],
      [
        used < (account?.servicepack.databases ?? 0),
        "account_not_available",
        "The account has no room for a database.",
      ],
      [
        !world.databases.has(name),
        "database_name_in_use",
        "The account has a database with this name already.",
      ],
    );
    return world.jobs.start(`database ${name}`, () => {
      addDatabase(world, name, body.account_id);
      return pathOf("v2", "mysqldatabases", name);
    });
  },

  "mySqlDatabases.delete": (/** @type {import("./world.js").Call<Params>} */ { world, params }) => {
    world.databases.remove(params.database_name);
    return noContent();
  },

  "mySqlDatabases.listUsers": (/** @type {import("./world.js").Call<Params>} */ { world, params }) =>
    ok(world.databases.find(params.database_name).users.all()),

  "mySqlDatabases.createUser": (
    /** @type {import("./world.js").Call<Params, { name: string }>} */ { world, params, body },
  ) => {
    const { name, users } = world.databases.find(params.database_name);
    demand([!users.has(body.name), "user_name_in_use", "The database has a user with this name already."]);
    return world.jobs.start(`database user ${name} ${body.name}`, () => {
      users.add({ name: body.name, rights: "read_only", enabled: true });
      return pathOf("v2", "mysqldatabases", name, "users", body.name);
    });
  },

  "mySqlDatabases.deleteUser": (/** @type {import("./world.js").Call<UserParams>} */ { world, params }) => {
    const { users } = world.databases.find(params.database_name);
    const { rights } = users.find(params.user_name);
    demand([
      rights === "read_only",
      "user_not_deletable",
      "Only users with read_only rights can be deleted.",
    ]);
    users.remove(params.user_name);
    return noContent();
  },

  "mySqlDatabases.changeUserPassword": (
    /** @type {import("./world.js").Call<UserParams>} */ { world, params },
  ) => {
    world.databases.find(params.database_name).users.find(params.user_name);
    return noContent();
  },

  "mySqlDatabases.changeUserStatus": (
    /** @type {import("./world.js").Call<UserParams, { enabled: boolean }>} */ { world, params, body },
  ) => {
    world.databases.find(params.database_name).users.find(params.user_name).enabled = body.enabled;
    return noContent();
  },
};
