// s3.php: object storage. An account has a plan, buckets with files in them, and a pair of keys.

import { createHash } from "node:crypto";
import { demand, ok, Refusal } from "../answers.js";
import { Collection } from "../collection.js";
import { addInvoice, centsOf } from "./invoices.js";
import { done } from "./results.js";

/**
 * @typedef {import("./world.js").World} World
 *
 * @typedef {object} Plan
 * @property {number} id
 * @property {string} name
 * @property {number} gigabytes
 * @property {number} price EUR a month
 *
 * @typedef {{ name: string, size: number, date: string }} StoredFile
 *
 * @typedef {{ name: string, files: Collection<StoredFile> }} Bucket
 *
 * @typedef {object} S3Account
 * @property {number} number
 * @property {string} s3uid
 * @property {Plan} plan
 * @property {string} location
 * @property {Collection<Bucket>} buckets
 * @property {string | null} ends the day on which it ends, where that was asked for
 * @property {{ date: string, message: string }[]} history newest first
 */

const LOCATIONS = ["NL", "FI"];

/** @type {Record<"free" | "large", Plan>} */
export const PLANS = {
  free: { id: 1, name: "S3 Free", gigabytes: 5, price: 0 },
  large: { id: 2, name: "S3 100", gigabytes: 100, price: 3 },
};

const BUCKET_NAME = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/** @param {string} text */
const madeUp = (text) => createHash("sha256").update(text).digest("base64url");

/**
 * @param {World} world
 * @param {{ plan: Plan, location: string, bucket: string }} what
 */
export function addS3Account(world, { plan, location, bucket }) {
  const number = world.number("S3 account");
  /** @type {S3Account} */
  const account = {
    number,
    s3uid: `s3_user_${number}`,
    plan,
    location,
    buckets: new Collection("bucket", (one) => one.name),
    ends: null,
    history: [],
  };
  note(world, account, `created with the plan ${plan.name}`);
  addBucket(account, bucket);
  return world.s3Accounts.add(account);
}

/**
 * @param {World} world
 * @param {S3Account} account
 * @param {string} message
 */
const note = (world, account, message) => account.history.unshift({ date: world.timestamp(), message });

/**
 * @param {S3Account} account
 * @param {string} name
 */
export function addBucket(account, name) {
  demand(
    [BUCKET_NAME.test(name), "bucket_invalid", "A bucket takes 3 to 63 letters, digits, dots and hyphens."],
    [!account.buckets.has(name), "bucket_exists", "There is such a bucket already."],
  );
  return account.buckets.add({ name, files: new Collection("file", (file) => file.name) });
}

/**
 * @param {World} world
 * @param {Bucket} bucket
 * @param {string} name
 * @param {number} size
 */
export const addFile = (world, bucket, name, size) =>
  bucket.files.add({ name, size, date: world.timestamp() });

/**
 * @param {number | string | undefined} id
 * @param {Plan} usually
 */
function planOf(id, usually) {
  const plan = id === undefined ? usually : Object.values(PLANS).find((one) => String(one.id) === String(id));
  if (!plan) throw new Refusal(404, "plan_not_found", "There is no such plan.");
  return plan;
}

/** @param {string} [location] */
function placeOf(location = "NL") {
  demand([LOCATIONS.includes(location), "location_unfit", "There is no storage there."]);
  return location;
}

/**
 * An account by its name, or by its number as some clients have it; the first one where neither is given.
 *
 * @param {World} world
 * @param {Named} body
 */
function find(world, { s3uid, account_id }) {
  const [first, ...others] = world.s3Accounts.all();
  if (s3uid !== undefined) return world.s3Accounts.find(s3uid);
  if (account_id === undefined && first && others.length === 0) return first;
  const found = world.s3Accounts.all().find(({ number }) => String(number) === String(account_id));
  if (!found) throw new Refusal(404, "s3_account_not_found", "There is no such S3 account.");
  return found;
}

/** @param {BucketNamed} body the name as documented, or as some clients send it */
const bucketIn = ({ bucket_name, bucket = "" }) => bucket_name ?? bucket;

/**
 * @param {World} world
 * @param {BucketNamed} body
 */
const newBucketIn = (world, body) => bucketIn(body) || `bucket-${world.number("bucket")}`;

/** @param {Collection<StoredFile>} files */
const sizeOf = (files) => files.all().reduce((sum, { size }) => sum + size, 0);

/** @param {S3Account} account */
const showBuckets = ({ buckets }) =>
  buckets.all().map(({ name, files }) => ({ name, size: sizeOf(files), objects: files.all().length }));

/** @param {S3Account} account */
const show = ({ number, s3uid, plan, location, ends, buckets }) => ({
  id: number,
  s3uid,
  plan_id: plan.id,
  plan_name: plan.name,
  location,
  status: ends === null ? "Active" : "Cancelled",
  termination_date: ends,
  buckets: buckets.all().length,
});

/**
 * @typedef {{ s3uid?: string, account_id?: number | string }} Named
 * @typedef {{ bucket_name?: string, bucket?: string }} BucketNamed
 * @typedef {BucketNamed & { plan_id?: number | string, location?: string }} Creation
 *
 * @typedef {object} FileSearch
 * @property {number} [page]
 * @property {number} [limit]
 * @property {string} [search]
 */

/**
 * @template [Body=Named]
 * @typedef {import("./world.js").Call<Body>} Call
 */

/** @type {Record<string, import("../provider.js").Handler>} */
export const s3Handlers = {
  "s3.listPlans": (/** @type {Call<{ location?: string }>} */ { world }) =>
    done(world, {
      action: "list_plans",
      data: Object.values(PLANS).map(({ id, name, gigabytes, price }) => ({
        id,
        name,
        size: gigabytes,
        price,
      })),
    }),

  "s3.getAvailableLocations": (/** @type {Call<{}>} */ { world }) =>
    done(world, { action: "get_available_locations", data: LOCATIONS }),

  "s3.getUsers": (/** @type {Call<{ location?: string }>} */ { world, body }) => {
    const users = world.s3Accounts.all().filter(({ location }) => location === (body.location ?? location));
    return done(world, { action: "get_users", data: users.map(show) });
  },

  "s3.getBuckets": (/** @type {Call} */ { world, body }) =>
    done(world, { action: "get_buckets", data: showBuckets(find(world, body)) }),

  "s3.getBucketsRmq": (/** @type {Call} */ { world, body }) => {
    const account = find(world, body);
    const finish = () => ({ scope: JSON.stringify(showBuckets(account)) });
    return world.jobs.start({ action: "get_buckets_rmq", server: 0, finish });
  },

  "s3.getFiles": (/** @type {Call<Named & BucketNamed & FileSearch>} */ { world, body }) => {
    const { files } = find(world, body).buckets.find(bucketIn(body));
    const { page = 1, limit = 50, search = "" } = body;
    const found = files.all().filter(({ name }) => name.includes(search));
    const shown = found.slice((page - 1) * limit, page * limit);
    return done(world, { action: "get_files", data: { files: shown, total: found.length, page, limit } });
  },

  "s3.showKey": (/** @type {Call<Named & { key_type: "access_key" | "secret_key" }>} */ { world, body }) => {
    const { s3uid } = find(world, body);
    const length = body.key_type === "access_key" ? 20 : 40;
    const key = madeUp(`${body.key_type} of ${s3uid}`).slice(0, length);
    return done(world, { action: "show_key", key_type: body.key_type, key });
  },

  "s3.createAccount": (/** @type {Call<Creation>} */ { world, body }) => {
    const plan = planOf(body.plan_id, PLANS.free);
    demand([plan.price === 0, "plan_not_free", "This plan has to be ordered."]);
    const { s3uid } = addS3Account(world, {
      plan,
      location: placeOf(body.location),
      bucket: newBucketIn(world, body),
    });
    return ok({ result: "OK", action: "create_account", s3uid });
  },

  "s3.createOrder": (/** @type {Call<Creation>} */ { world, body }) => {
    const plan = planOf(body.plan_id, PLANS.large);
    const bucket = newBucketIn(world, body);
    const account = addS3Account(world, { plan, location: placeOf(body.location), bucket });
    const description = `${plan.name} (${account.s3uid})`;
    const line = /** @type {const} */ ({ type: "Hosting", relid: account.number, inv_id: -1 });
    const invoice = addInvoice(world, [{ ...line, description, amount: centsOf(plan.price) }]);
    return ok({ result: "OK", action: "create_order", s3uid: account.s3uid, invoice: invoice.id });
  },

  "s3.createBucket": (/** @type {Call<Named & BucketNamed>} */ { world, body }) => {
    const account = find(world, body);
    const { name } = addBucket(account, bucketIn(body));
    note(world, account, `bucket ${name} created`);
    return done(world, { action: "create_bucket", data: { bucket_name: name } });
  },

  "s3.deleteBucket": (/** @type {Call<Named & BucketNamed>} */ { world, body }) => {
    const account = find(world, body);
    account.buckets.remove(bucketIn(body));
    note(world, account, `bucket ${bucketIn(body)} deleted`);
    return done(world, { action: "delete_bucket" });
  },

  "s3.deleteFile": (
    /** @type {Call<Named & BucketNamed & { file?: string, file_name?: string, key?: string }>} */
    { world, body },
  ) => {
    const { file, file_name = file, key = file_name ?? "" } = body;
    find(world, body).buckets.find(bucketIn(body)).files.remove(key);
    return done(world, { action: "delete_file" });
  },

  "s3.deleteAccount": (/** @type {Call} */ { world, body }) => {
    world.s3Accounts.remove(find(world, body).s3uid);
    return done(world, { action: "delete_account" });
  },

  "s3.deletePaymentAccount": (/** @type {Call} */ { world, body }) => {
    const account = find(world, body);
    account.ends = world.dayIn(30);
    note(world, account, `ends on ${account.ends}`);
    return done(world, { action: "delete_payment_account", data: { termination_date: account.ends } });
  },

  "s3.cancelPaymentAccountDeletion": (/** @type {Call} */ { world, body }) => {
    const account = find(world, body);
    demand([account.ends !== null, "not_ending", "Its deletion was not asked for."]);
    account.ends = null;
    note(world, account, "stays");
    return done(world, { action: "cancel_payment_account_deletion" });
  },

  "s3.updateTrafficInfo": (/** @type {Call} */ { world, body }) => {
    find(world, body);
    return done(world, { action: "update_traffic_info" });
  },

  "s3.history": (/** @type {Call} */ { world, body }) =>
    done(world, { action: "history", data: find(world, body).history }),
};
