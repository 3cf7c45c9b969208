// What Combell refuses, and in which shape.

import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { startSandbox } from "./index.js";
import { send, signedClient } from "./raw-client.js";

/** @typedef {import("./raw-client.js").RawAnswer} RawAnswer */

/** @type {import("./combell/index.js").CombellSandbox} */
let combell;
/** @type {ReturnType<typeof signedClient>} */
let call;
let clock = Date.UTC(2026, 5, 1);
const RATE_LIMIT = { limit: 50, windowSeconds: 60 };

describe("a request to Combell", () => {
  /** @type {import("./index.js").Sandbox} */
  let sandbox;
  before(async () => {
    sandbox = await startSandbox({ now: () => clock, combell: { accounts: 12, rateLimit: RATE_LIMIT } });
    combell = sandbox.combell;
    call = signedClient(combell, () => clock);
  });
  beforeEach(() => combell.reset());
  after(() => sandbox.close());

  /**
   * @param {RawAnswer} answer
   * @param {number} status
   * @param {string} code
   */
  function assertError(answer, status, code) {
    assert.equal(answer.status, status, answer.text);
    assert.equal(answer.json.error_code, code);
    assert.equal(typeof answer.json.error_text, "string");
    assert.equal(answer.headers["content-type"], "application/json; charset=utf-8");
    assert.equal(answer.headers["x-ratelimit-limit"], "50");
  }

  /** @param {RawAnswer} answer */
  function codes(answer) {
    assert.equal(answer.status, 400, answer.text);
    const { validation_errors: errors } = /** @type {{ validation_errors: Record<string, string>[] }} */ (
      /** @type {unknown} */ (answer.json)
    );
    for (const error of errors) assert.deepEqual(Object.keys(error), ["error_code", "error_text"]);
    return errors.map((error) => error.error_code).sort();
  }

  it("to an unknown path is 404, whoever sends it", async () => {
    for (const path of ["/", "/v2", "/v2/nothing", "/v2/accounts/", "/v2/dns/example.com", "//v2/accounts"]) {
      assertError(await send(combell.url, "GET", path), 404, "path_unknown");
    }
  });

  it("with a method that the path does not have is 405 and says which it has", async () => {
    const answer = await send(combell.url, "DELETE", "/v2/accounts");
    assertError(answer, 405, "method_not_allowed");
    assert.equal(answer.headers.allow, "GET, POST");
    assert.equal((await send(combell.url, "HEAD", "/v2/accounts")).status, 405);
  });

  it("is matched on the raw path: dots are not normalised, an escaped slash stays in its segment", async () => {
    assertError(await call("GET", "/v2/domains/../accounts"), 404, "path_unknown");
    assertError(await call("GET", "/v2/domains/.."), 404, "domain_not_found");
    assertError(await call("GET", "/v2/domains/a%2Fb"), 404, "domain_not_found");
    assertError(await call("GET", "/v2/domains/%2E%2E"), 404, "domain_not_found");
    assert.equal(combell.requests.at(-1)?.path, "/v2/domains/%2E%2E");
    assertError(await send(combell.url, "GET", "/v2/domains/%zz"), 400, "path_malformed");
    assertError(await send(combell.url, "GET", "/v2/domains/%ff"), 400, "path_malformed");
  });

  it("goes to the literal path where a variable one fits too, but only with its method", async () => {
    assertError(await call("GET", "/v2/domains/registrations"), 404, "domain_not_found");
  });

  it("without a proper Authorization header is 401", async () => {
    assertError(await send(combell.url, "GET", "/v2/accounts"), 401, "auth_authorization_header_missing");
    for (const authorization of [
      "hmac",
      "Bearer x",
      "hmac a:b:c",
      "hmac a:b:c:d",
      "HMAC a:b=:c:1",
      "hmac a:b::1",
    ]) {
      const answer = await call("GET", "/v2/accounts", { headers: { authorization } });
      assertError(answer, 401, "auth_authorization_header_invalid_format");
    }
  });

  it("with an unknown key or a wrong secret is 401", async () => {
    const unknown = await call("GET", "/v2/accounts", { sign: { apiKey: "other" } });
    assertError(unknown, 401, "auth_authorization_api_key_unknown");
    const wrong = await call("GET", "/v2/accounts", { sign: { apiSecret: "wrong" } });
    assertError(wrong, 401, "auth_authorization_signature_invalid");
  });

  it("with a timestamp that is too far off is 401", async () => {
    const seconds = clock / 1000;
    for (const [offset, status] of [
      [-300, 200],
      [300, 200],
      [-301, 401],
      [301, 401],
    ]) {
      const answer = await call("GET", "/v2/accounts", {
        sign: { timestamp: String(seconds + Number(offset)) },
      });
      assert.equal(answer.status, status, `${offset}`);
    }
    combell.configure({ clockOffsetMs: 3_600_000 });
    assertError(await call("GET", "/v2/accounts"), 401, "auth_authorization_timestamp_out_of_range");
  });

  it("with a used nonce is 401, even where the first one failed", async () => {
    const sign = { nonce: "once" };
    assert.equal((await call("GET", "/v2/accounts", { sign })).status, 200);
    assertError(await call("GET", "/v2/domains", { sign }), 401, "auth_authorization_nonce_used");
    const second = { nonce: "second" };
    assert.equal(
      (await call("GET", "/v2/accounts", { sign: { ...second, apiSecret: "wrong" } })).status,
      401,
    );
    const retried = await call("GET", "/v2/accounts", { sign: second });
    assertError(retried, 401, "auth_authorization_nonce_used");
  });

  it("has to be signed by the reading that is set, where the two differ", async () => {
    const target = "/v2/dns/b%C3%BCcher.example/records?type=TXT";
    /** @type {["document" | "client" | "both", number, number][]} */
    const cases = [
      ["both", 200, 200],
      ["document", 200, 401],
      ["client", 401, 200],
    ];
    for (const [reading, asDocument, asClient] of cases) {
      combell.reading = reading;
      assert.equal(combell.reading, reading);
      assert.equal((await call("GET", target, { reading: "document" })).status, asDocument, reading);
      assert.equal((await call("GET", target, { reading: "client" })).status, asClient, reading);
      assert.equal((await call("GET", "/v2/accounts", { reading: "document" })).status, 200, reading);
      assert.equal((await call("GET", "/v2/accounts", { reading: "client" })).status, 200, reading);
    }
  });

  it("has to be signed with its body", async () => {
    const json = { identifier: "new.example", servicepack_id: 1001 };
    assert.equal((await call("POST", "/v2/accounts", { json })).status, 202);
    const headers = {
      authorization: String(combell.requests.at(-1)?.headers.authorization).replace(/:\d+$/, ":1"),
    };
    assert.equal((await call("POST", "/v2/accounts", { json, headers })).status, 401);
    const forged = await send(
      combell.url,
      "POST",
      "/v2/accounts",
      { "content-type": "application/json", authorization: String(headers.authorization) },
      "{}",
    );
    assert.equal(forged.status, 401);
  });

  it("beyond the rate limit is 429 until the window is over", async () => {
    for (let count = 1; count <= 50; count += 1) {
      const { status, headers } = await call("GET", "/v2/servicepacks");
      assert.equal(status, 200);
      assert.equal(headers["x-ratelimit-usage"], String(count));
      assert.equal(headers["x-ratelimit-remaining"], String(50 - count));
      assert.equal(headers["x-ratelimit-reset"], "60");
    }
    clock += 20_500;
    const refused = await call("GET", "/v2/servicepacks");
    assertError(refused, 429, "rate_limit_exceeded");
    assert.equal(refused.headers["retry-after"], "40");
    assert.equal(refused.headers["x-ratelimit-reset"], "40");
    assert.equal(refused.headers["x-ratelimit-remaining"], "0");
    clock += 39_500;
    assert.equal((await call("GET", "/v2/servicepacks")).status, 200);
    combell.configure({ rateLimit: null });
    assert.equal((await call("GET", "/v2/servicepacks")).headers["x-ratelimit-limit"], undefined);
  });

  it("with a body of another type is 415, with one that is no JSON 400", async () => {
    for (const contentType of ["text/plain", "application/x-www-form-urlencoded"]) {
      const answer = await call("POST", "/v2/accounts", { body: "identifier=x", contentType });
      assertError(answer, 415, "content_type_unsupported");
    }
    for (const body of ["{", '{"identifier":"x",}', Buffer.from([0x22, 0xff, 0x22]), "\ufeff{}"]) {
      assertError(await call("POST", "/v2/accounts", { body }), 400, "body_malformed");
    }
    const contentType = "application/json; charset=utf-8";
    assert.deepEqual(codes(await call("POST", "/v2/accounts", { json: {}, contentType })), [
      "body_required",
      "body_required",
    ]);
  });

  it("with a body that is too large is 413", async () => {
    const answer = await call("POST", "/v2/accounts", { body: Buffer.alloc(1024 * 1024 + 1, " ") });
    assertError(answer, 413, "body_too_large");
  });

  it("without the body that it needs, or with one that it does not take, is 400", async () => {
    assert.deepEqual(codes(await call("POST", "/v2/accounts")), ["body_required"]);
    assert.deepEqual(codes(await call("GET", "/v2/accounts", { json: {} })), ["body_unexpected"]);
  });

  it("is told all its faults at once", async () => {
    const json = { identifier: 7, servicepack_id: 2 ** 31, ftp_password: "short" };
    const answer = await call("POST", "/v2/accounts", { json });
    assert.deepEqual(codes(answer), ["body_format", "body_minLength", "body_pattern", "body_type"]);
    assert.ok(!answer.text.includes("short"), "the password is not repeated");
    const query = "take=many&skip=-1.5&asset_type=car&nope=1&identifier=a&identifier=b";
    assert.deepEqual(codes(await call("GET", `/v2/accounts?${query}`)), [
      "query_repeated",
      "query_type",
      "query_type",
      "query_unknown",
    ]);
    assert.deepEqual(codes(await call("GET", "/v2/accounts?identifier=%zz")).sort(), ["query_malformed"]);
  });

  it("has its path and query values checked against their types", async () => {
    for (const id of ["x", "1e3", "0x10", "%201", "01"]) {
      assert.deepEqual(codes(await call("GET", `/v2/accounts/${id}`)), ["path_type"], id);
    }
    assert.deepEqual(codes(await call("GET", "/v2/accounts/2147483648")), ["path_format"]);
    assert.deepEqual(codes(await call("GET", "/v2/provisioningjobs/12")), ["path_format"]);
    assert.deepEqual(codes(await call("GET", "/v2/mailboxes")), ["query_required"]);
    assert.deepEqual(codes(await call("GET", "/v2/accounts?skip=-1&take=-1")), [
      "query_minimum",
      "query_minimum",
    ]);
  });

  it("has to repeat a value where a field of the body is a copy", async () => {
    const name_servers = ["ns1.example.net"];
    const put = (/** @type {unknown} */ json) => call("PUT", "/v2/domains/example.com/nameservers", { json });
    assert.deepEqual(codes(await put({ name_servers })), ["body_copy"]);
    assert.deepEqual(codes(await put({ name_servers, domain_name: "example.org" })), ["body_copy"]);
    assert.equal((await put({ name_servers, domain_name: "example.com" })).status, 204);
  });

  it("is refused for what the schema cannot say", async () => {
    /** @type {[method: string, path: string, json: unknown, codes: string[]][]} */
    const cases = [
      [
        "POST",
        "/v2/accounts",
        { identifier: "example.com", servicepack_id: 1001 },
        ["account_identifier_in_use"],
      ],
      [
        "POST",
        "/v2/accounts",
        { identifier: "no name", servicepack_id: 1 },
        ["account_identifier_invalid", "servicepack_not_found"],
      ],
      ["POST", "/v2/domains/registrations", { domain_name: "example.com" }, ["domain_name_taken"]],
      [
        "POST",
        "/v2/domains/registrations",
        { domain_name: "a.ca", registrant: { country_code: "BE" } },
        ["registrant_country_invalid"],
      ],
      [
        "POST",
        "/v2/domains/registrations",
        { domain_name: "a.es", registrant: { first_name: "R" } },
        ["registrant_extra_field_required"],
      ],
      ["PUT", "/v2/domains/unpaid.example/renew", { will_renew: true }, ["domain_renew_not_allowed"]],
      ["POST", "/v2/dns/example.com/records", { type: "NS", content: "a.b" }, ["dns_record_type_invalid"]],
      ["POST", "/v2/dns/example.com/records", { type: "A", content: "::1" }, ["dns_record_content_invalid"]],
      ["POST", "/v2/dns/example.com/records", { type: "A", content: "192.0.2.10" }, ["dns_record_exists"]],
      [
        "POST",
        "/v2/dns/example.com/records",
        { type: "SRV" },
        ["dns_record_port_required", "dns_record_service_required", "dns_record_target_invalid"],
      ],
      [
        "POST",
        "/v2/dns/example.com/records",
        { type: "TXT", record_name: "www", content: "x" },
        ["dns_record_cname_clash"],
      ],
      [
        "PUT",
        "/v2/linuxhostings/example.com/phpsettings/version",
        { version: "5.2" },
        ["php_version_not_available"],
      ],
      [
        "POST",
        "/v2/linuxhostings/example.com/scheduledtasks",
        { cron_expression: "* * * * 0", script_location: "x" },
        ["cron_expression_invalid", "script_location_invalid"],
      ],
      [
        "POST",
        "/v2/mailboxes",
        { email_address: "info@example.com", account_id: 1, password: "correct4horse" },
        ["account_not_available", "account_not_found", "email_address_in_use"],
      ],
      [
        "POST",
        "/v2/mysqldatabases",
        { database_name: "shop", account_id: 200001, password: "correct4horse" },
        ["database_name_in_use"],
      ],
      [
        "POST",
        "/v2/sslcertificaterequests",
        { csr: "nonsense", certificate_type: "wildcard", validation_level: "extended_validated" },
        ["csr_invalid", "validation_attributes_required"],
      ],
    ];
    for (const [method, path, json, expected] of cases) {
      assert.deepEqual(
        codes(await call(method, path, { json })),
        expected,
        `${path} ${JSON.stringify(json)}`,
      );
    }
  });
});
