// Pages, sorting, filters.

import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { startSandbox } from "../index.js";
import { bearerClient, items } from "./raw-client.js";

describe("ccloud's lists", () => {
  /** @type {import("../index.js").Sandbox} */
  let sandbox;
  before(async () => {
    sandbox = await startSandbox({ providers: ["ccloud"] });
  });
  beforeEach(() => sandbox.ccloud.reset());
  after(() => sandbox.close());

  /** @param {string} target */
  async function get(target) {
    const answer = await bearerClient(sandbox.ccloud)("GET", target);
    assert.equal(answer.status, 200, answer.text);
    const { json } = answer;
    return Array.isArray(json) ? items(json) : items(json.data);
  }

  /** @param {string} query */
  const hostnames = async (query) => (await get(`/ccloud/servers?${query}`)).map(({ hostname }) => hostname);

  const PAGED = ["/ccloud/servers", "/ccloud/tasks", "/ccloud/servers/vs10000/tasks"];

  it("come in pages of 25, and have every entry once, whatever the page", async () => {
    for (const path of [...PAGED, "/ccloud/customers/subscriptions"]) {
      assert.equal((await get(path)).length, 25, path);
      for (const limit of [1, 7, 20]) {
        /** @type {unknown[]} */
        const ids = [];
        let page = 1;
        for (let more = true; more; page += 1) {
          const entries = await get(`${path}?limit=${limit}&page=${page}`);
          ids.push(...entries.map(({ id }) => id));
          more = entries.length === limit;
        }
        const all = await get(`${path}?limit=1000`);
        assert.deepEqual(
          ids,
          all.map(({ id }) => id),
          path,
        );
        assert.ok(ids.length >= 40);
        assert.deepEqual(await get(`${path}?limit=${limit}&page=${page + 1}`), []);
      }
    }
    assert.equal((await get("/ccloud/servers?limit=60")).length, 60);
    assert.deepEqual(await get("/ccloud/servers?limit=60&page=2"), []);
  });

  it("have no page before the first, and none of no size", async () => {
    for (const query of ["limit=0", "page=0", "limit=-1"]) {
      const answer = await bearerClient(sandbox.ccloud)("GET", `/ccloud/servers?${query}`);
      assert.equal(answer.status, 422, query);
    }
  });

  it("may hold fewer entries than asked for, or more by themselves", async () => {
    sandbox.ccloud.configure({ maxLimit: 10, defaultLimit: 5 });
    assert.equal((await get("/ccloud/servers?limit=50")).length, 10);
    assert.equal((await get("/ccloud/servers?limit=50&page=2"))[0]?.hostname, "vs10010");
    assert.equal((await get("/ccloud/servers")).length, 5);
  });

  it("are sorted by one column or several", async () => {
    const [last] = await hostnames("sort=hostname&order=desc&limit=3");
    assert.equal(last, "vs10059");
    const entries = await get("/ccloud/tasks?sort=status,id&order=asc,desc&limit=1000");
    const keys = entries.map(({ status, id }) => [String(status), -Number(id)]);
    const sorted = [...keys].sort(([a = "", b = 0], [c = "", d = 0]) =>
      a === c ? Number(b) - Number(d) : a < c ? -1 : 1,
    );
    assert.deepEqual(keys, sorted);
    for (const query of ["sort=colour", "sort=id&order=up"]) {
      const answer = await bearerClient(sandbox.ccloud)("GET", `/ccloud/servers?${query}`);
      assert.equal(answer.status, 422, query);
    }
  });

  it("of servers can be filtered", async () => {
    assert.deepEqual(await hostnames("search=TS12"), ["ts12345"]);
    assert.deepEqual(await hostnames("search=192.168.232.10"), ["ts12345"]);
    assert.equal((await hostnames("search=windows*2022&limit=100")).length, 12);
    assert.equal((await hostnames("tag=testing&limit=100")).length, 15);
    assert.equal((await hostnames("tag=test&limit=100")).length, 0);
    assert.equal((await hostnames("search=test&limit=100")).length, 15);
    assert.equal((await hostnames("build_in_progress=true")).length, 0);
    assert.equal(
      (await hostnames("build_in_progress=false&deletion_in_progress=false&limit=100")).length,
      60,
    );
  });

  it("of tasks and subscriptions can be filtered", async () => {
    const tasks = await get("/ccloud/tasks?action=create-server&limit=100");
    assert.equal(tasks.length, 60);
    assert.ok(tasks.every(({ status }) => String(status) === "done"));
    assert.equal((await get("/ccloud/tasks?status=failed")).length, 4);
    assert.equal((await get("/ccloud/tasks?search=maintenance")).length, 4);
    assert.equal((await get("/ccloud/tasks?search=ts1*5")).length, 1);
    assert.equal((await get("/ccloud/servers/vs10000/tasks?action=stop-server&status=done")).length, 14);
    assert.equal((await get("/ccloud/customers/subscriptions?search=-00*"))[0]?.name, "S328100-001");
    assert.equal((await get("/ccloud/customers/subscriptions?search=my%20sub&limit=100")).length, 20);
  });
});
