import { ok } from "../answers.js";

/**
 * @typedef {"domain" | "linux_hosting" | "mysql" | "dns" | "mailbox" | "windows_hosting"} AssetType
 *
 * @typedef {object} Servicepack
 * @property {number} id
 * @property {string} name
 * @property {AssetType[]} assets what an account made from it can hold
 * @property {number} mailboxes how many fit in
 * @property {number} databases how many fit in
 */

/** @type {Servicepack[]} */
export const SERVICEPACKS = [
  {
    id: 1001,
    name: "Web hosting Linux Start",
    assets: ["domain", "dns", "linux_hosting", "mysql", "mailbox"],
    mailboxes: 10,
    databases: 3,
  },
  {
    id: 1002,
    name: "Web hosting Linux Pro",
    assets: ["domain", "dns", "linux_hosting", "mysql", "mailbox"],
    mailboxes: 50,
    databases: 10,
  },
  {
    id: 1003,
    name: "Web hosting Windows",
    assets: ["domain", "dns", "windows_hosting", "mailbox"],
    mailboxes: 25,
    databases: 0,
  },
  { id: 1004, name: "Domain name with DNS", assets: ["domain", "dns"], mailboxes: 0, databases: 0 },
  { id: 1005, name: "Mail", assets: ["domain", "dns", "mailbox"], mailboxes: 5, databases: 0 },
];

/** @param {Servicepack} pack */
export const showServicepack = ({ id, name }) => ({ id, name });

/**
 * How a hosting has the number of its service pack: as documented, or as text.
 *
 * @param {import("./world.js").World} world
 * @returns {(id: number) => number | string}
 */
export const idsIn = ({ shapes }) => shapes.of("service packs of hostings", Number, String);

/** @type {Record<string, import("../provider.js").Handler>} */
export const servicepackHandlers = {
  "servicepacks.list": (/** @type {import("./world.js").Call} */ { world }) =>
    ok(world.servicepacks.all().map(showServicepack)),
};
