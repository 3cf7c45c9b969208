// Object storage: accounts, buckets, files, keys.

import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { startSandbox } from "../index.js";
import { formClient } from "./form-client.js";

/** @typedef {import("./form-client.js").Reply} Reply */

const ACCOUNT = "s3_user_12345";

/** @type {import("../index.js").Sandbox} */
let sandbox;
/** @type {ReturnType<typeof formClient>} */
let client;

before(async () => {
  sandbox = await startSandbox({ providers: ["hostkey"], shapes: "documented" });
  client = formClient(sandbox.hostkey);
});
beforeEach(async () => {
  sandbox.hostkey.reset();
  await client.login();
});
after(() => sandbox.close());

/**
 * @param {string} id
 * @param {Record<string, unknown>} [params]
 */
const items = async (id, params) =>
  /** @type {Reply[]} */ (/** @type {unknown} */ ((await client.call(id, params)).data));

const users = async () => (await items("s3.getUsers")).map(({ s3uid }) => s3uid);

describe("Hostkey's object storage", () => {
  it("has accounts, for nothing or for money", async () => {
    assert.deepEqual(await users(), [ACCOUNT]);
    const free = await client.call("s3.createAccount", { plan_id: 1, location: "FI", bucket_name: "photos" });
    assert.deepEqual(await users(), [ACCOUNT, free.s3uid]);
    assert.match(await client.refused("s3.createAccount", { plan_id: 2, location: "FI" }), /ordered/);
    assert.match(
      await client.refused("s3.createAccount", { plan_id: 1, location: "RU" }),
      /no storage there/,
    );
    const { invoice } = await client.call("s3.createOrder", { plan_id: 2, location: "NL" });
    const bought = await client.call("whmcs.getInvoice", { invoice_id: invoice });
    assert.deepEqual([bought.status, bought.total], ["Unpaid", "3.00"]);
    await client.call("s3.deleteAccount", { s3uid: free.s3uid });
    assert.equal((await users()).length, 2);
  });

  it("has buckets with files", async () => {
    const [bucket] = await items("s3.getBuckets", { s3uid: ACCOUNT });
    assert.deepEqual(bucket, { name: "backups", size: 2_197_152, objects: 2 });
    const { scope } = await client.follow("s3.getBucketsRmq", { s3uid: ACCOUNT });
    assert.deepEqual(JSON.parse(String(scope)), [bucket]);
    const page = { bucket_name: "backups", page: 2, limit: 1, search: "db/" };
    const { data } = await client.call("s3.getFiles", page);
    const [file] = /** @type {Reply[]} */ (/** @type {unknown} */ (data?.files ?? []));
    assert.deepEqual([file?.name, data?.total], ["db/tuesday.sql.gz", 2]);
    await client.call("s3.deleteFile", { bucket_name: "backups", file: file?.name });
    assert.equal((await client.call("s3.getFiles", { bucket_name: "backups" })).data?.total, 1);
    await client.call("s3.createBucket", { bucket_name: "photos" });
    assert.match(await client.refused("s3.createBucket", { bucket_name: "photos" }), /already/);
    assert.match(await client.refused("s3.createBucket", { bucket_name: "No name" }), /letters, digits/);
    await client.call("s3.deleteBucket", { bucket_name: "backups" });
    assert.deepEqual(
      (await items("s3.getBuckets")).map(({ name }) => name),
      ["photos"],
    );
    assert.equal((await items("s3.history"))[0]?.message, "bucket backups deleted");
  });

  it("shows its two keys, which are not the same", async () => {
    const [access, secret] = await Promise.all(
      ["access_key", "secret_key"].map(
        async (key_type) => (await client.call("s3.showKey", { key_type })).key,
      ),
    );
    assert.deepEqual([String(access).length, String(secret).length], [20, 40]);
  });

  it("ends with a paid account, unless that is taken back", async () => {
    const account = { account_id: 12_345 };
    assert.match(await client.refused("s3.cancelPaymentAccountDeletion", account), /not asked for/);
    await client.call("s3.deletePaymentAccount", account);
    assert.equal((await items("s3.getUsers"))[0]?.status, "Cancelled");
    await client.call("s3.cancelPaymentAccountDeletion", account);
    assert.equal((await items("s3.getUsers"))[0]?.status, "Active");
  });
});
