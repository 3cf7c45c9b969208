// The attacks that come down to one request: what is sent, and how it has to be refused.

import { DOMAIN, OTHER_TOKEN, TOKEN } from "./setup.js";

/**
 * @typedef {object} Attack
 * @property {string} name
 * @property {import("./setup.js").Ask} [ask]
 * @property {RawAsk} [raw] for what a well-behaved client cannot send
 * @property {number} status
 * @property {string} kind class of the error and code of the problem
 *
 * @typedef {object} RawAsk
 * @property {string} [target]
 * @property {string} [method]
 * @property {string} [host]
 * @property {string[]} [headers] lines, beside host and authorization
 * @property {string | Uint8Array} [body]
 */

/** What the proxy of these attacks opens. */
export const OPENED = {
  combell: [
    { operation: "dnsRecords.list", params: DOMAIN },
    {
      operation: "dnsRecords.create",
      params: { ...DOMAIN, type: ["A", "AAAA"], content: /192\.0\.2\.\d{1,3}|www/i },
    },
    { operation: "dnsRecords.get", params: { domain_name: "example.com", record_id: /[a-z0-9]+$|^\d+/gm } },
    { operation: "accounts.get", params: { account_id: 12 } },
    {
      operation: "domains.get",
      params: { domain_name: (/** @type {unknown} */ name) => name === "example.com" },
    },
    "servicepacks.list",
    "sslCertificates.*",
  ],
};

const NOWHERE = { status: 404, kind: "NotFoundError proxy_no_such_operation" };
const BODY = { status: 400, kind: "ValidationError proxy_body" };
const TYPE = { status: 415, kind: "ApiError proxy_content_type" };
const PARAMS = { status: 403, kind: "PermissionError proxy_params" };
const CLOSED = { status: 403, kind: "PermissionError proxy_not_allowed" };
const UNKNOWN = { status: 401, kind: "AuthenticationError proxy_unauthorized" };
const LARGE = { status: 413, kind: "ApiError proxy_body_too_large" };
const ORIGIN = { status: 403, kind: "PermissionError proxy_origin" };
const METHOD = { status: 405, kind: "ApiError proxy_method" };

const JSON_TYPE = "content-type: application/json";

/** @type {(target: string) => Attack} */
const atPath = (target) => ({
  name: `the request target ${JSON.stringify(target)}`,
  raw: { target, headers: [JSON_TYPE], body: "{}" },
  ...NOWHERE,
});

const paths = [
  "/",
  "//",
  "/combell",
  "/combell/",
  "/combell/dnsRecords.list/",
  "/combell//dnsRecords.list",
  "//combell/dnsRecords.list",
  "//evil.example/combell/dnsRecords.list",
  "http://evil.example/combell/dnsRecords.list",
  "/combell/dnsRecords%2elist",
  "/combell/dnsRecords%2Elist",
  "/combell%2fdnsRecords.list",
  "/combell%2FdnsRecords.list",
  "/combell/%64nsRecords.list",
  "/%63ombell/dnsRecords.list",
  "/combell/..;/combell/dnsRecords.list",
  "/combell;/dnsRecords.list",
  "/combell/dnsRecords.list;a=b",
  "/combell/dnsRecords.list%00",
  "/combell/dnsRecords.list%00.txt",
  "/combell/dnsRecords.list%20",
  "/combell/dnsRecords.list%0a",
  "/combell/dnsRecords.list.",
  "/combell/.dnsRecords.list",
  "/combell/dnsRecords..list",
  "/combell/dnsRecords/list",
  "/combell/dnsrecords.list",
  "/combell/DNSRECORDS.LIST",
  "/Combell/dnsRecords.list",
  "/COMBELL/dnsRecords.list",
  "/hostkey/eq.list",
  "/combell/eq.list",
  "/combell/*",
  "/combell/dnsRecords.*",
  "/combell/%2a",
  "/combell/provisioningJobs.wait",
  "/combell/prepare",
  "/combell/request",
  "/combell/dnsRecords.list?x=1",
  "/combell/dnsRecords.list?domain_name=example.net",
  "/combell/dnsRecords.list?baseUrl=http://evil.example",
  "/x/combell/dnsRecords.list",
  "/__proto__/dnsRecords.list",
  "/constructor/dnsRecords.list",
  "/toString/call",
  "/combell/__proto__",
  "/combell/constructor",
  "/combell/toString",
  "/combell/hasOwnProperty",
  "/combell/dnsRecords.constructor",
  "/combell/dnsRecords.__proto__",
  "/combell/dns%EF%BC%B2ecords.list",
  "/combell/dnsRecord%C5%BF.list",
  "/%E2%80%AEcombell/dnsRecords.list",
  `/combell/${"a".repeat(5000)}`,
].map(atPath);

/** Targets that are not what they are once they are read as a path: some lead to something that is open. */
const readOtherwise = [
  "combell/dnsRecords.list/../accounts.list",
  "/combell/dnsRecords.list?",
  "/combell/dnsRecords.list#x",
  "/combell/\u0064nsRecords.l\xedst",
  `/${"../".repeat(500)}combell`,
  "/x/../combell/dnsRecords.list",
  "/./combell/dnsRecords.list",
  "/combell/../combell/dnsRecords.list",
  "/combell/%2e%2e/combell/dnsRecords.list",
  "/combell/.%2E/combell/dnsRecords.list",
  "/combell/%2e/dnsRecords.list",
  "/combell\\dnsRecords.list",
  "\\combell\\dnsRecords.list",
];
const hosts = [
  "evil.example/combell/dnsRecords.list#",
  "evil.example/combell/dnsRecords.list?",
  "evil.example/combell",
  "evil.example\\combell\\dnsRecords.list#",
  "user:password@evil.example",
  "evil.example:99999",
  "",
  "a b",
  "[::1",
];

/** Requests that make no sense: refused before the proxy sees them. @type {Attack[]} */
const senseless = [
  ...readOtherwise.map((target) => ({
    name: `the request target ${JSON.stringify(target)}`,
    raw: { target, headers: [JSON_TYPE], body: "{}" },
  })),
  ...hosts.map((host) => ({
    name: `the host ${JSON.stringify(host)}`,
    raw: { target: "/public", host, headers: [JSON_TYPE], body: "{}" },
  })),
  { name: "TRACE", raw: { method: "TRACE", headers: [JSON_TYPE] } },
].map((attack) => ({ ...attack, status: 400, kind: "" }));

/** @type {Attack[]} */
const methods = ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"].map((method) => ({
  name: method,
  raw: { method, headers: [JSON_TYPE] },
  ...(method === "HEAD" ? { ...METHOD, kind: "" } : METHOD),
}));
methods.push({
  name: "POST under another name",
  ask: { method: "GET", headers: { "x-http-method-override": "POST" } },
  ...METHOD,
});

/** @type {Attack[]} */
const types = [
  undefined,
  "",
  "text/plain",
  "text/plain; x=application/json",
  "application/x-www-form-urlencoded",
  "multipart/form-data; boundary=application/json",
  "application/jsonp",
  "application/json-patch+json",
  "application/problem+json",
  "application/json, text/plain",
  "application/json;charset=utf-16",
  "application/json; charset=utf-8; charset=utf-7",
  "application/json; charset=latin1",
].map((type) => ({
  name: `content type ${type}`,
  ask: { headers: { "content-type": type }, body: new TextEncoder().encode("{}") },
  ...TYPE,
}));
types.push(
  { name: "a compressed body", ask: { headers: { "content-encoding": "gzip" } }, ...TYPE },
  { name: "a body said not to be compressed", ask: { headers: { "content-encoding": "identity" } }, ...TYPE },
);

const utf16 = Buffer.from('\ufeff{"domain_name":"example.com"}', "utf16le");
const MIB = 1 << 20;
/** @param {string} text */
const filled = (text) => text.repeat(Math.floor((MIB - 20) / text.length));
const deep = (/** @type {number} */ levels) => "[".repeat(levels) + "]".repeat(levels);

/** @type {[name: string, body: string | Uint8Array][]} */
const broken = [
  ["no JSON", "domain_name=example.com"],
  ["half of it", '{"domain_name":'],
  ["two values", '{"domain_name":"example.com"}{"domain_name":"example.net"}'],
  ["a comment", '{"domain_name":"example.com"}// x'],
  ["a name without quotes", '{domain_name:"example.com"}'],
  ["single quotes", "{'domain_name':'example.com'}"],
  ["a comma too many", '{"domain_name":"example.com",}'],
  ["NaN", '{"domain_name":NaN}'],
  ["a raw line break in text", '{"domain_name":"example\n.com"}'],
  ["an array", '[{"domain_name":"example.com"}]'],
  ["text", '"example.com"'],
  ["a number", "1"],
  ["null", "null"],
  ["true", "true"],
  ["a name twice", '{"domain_name":"example.com","domain_name":"example.net"}'],
  ["a name twice, the good one last", '{"domain_name":"example.net","domain_name":"example.com"}'],
  ["a name twice, once in escapes", '{"domain_name":"example.com","\\u0064omain_name":"example.net"}'],
  ["a name twice, inside", '{"domain_name":"example.com","x":{"a":1,"a":2}}'],
  ["a name twice, inside a list", '{"domain_name":"example.com","x":[{"a":1,"b":{"a":1},"a":2}]}'],
  ["a name twice, after brackets in texts", '{"x":"}{[\\"","domain_name":"example.com","x":1}'],
  ["an empty name twice", '{"":1,"":2}'],
  ["__proto__", '{"__proto__":{"domain_name":"example.com"}}'],
  ["__proto__ in escapes", '{"\\u005f_proto__":{"domain_name":"example.com"}}'],
  ["__proto__ inside", '{"domain_name":"example.com","x":[{"__proto__":null}]}'],
  ["UTF-16", utf16],
  ["UTF-16 of the other order", utf16.swap16()],
  ["bytes that are no UTF-8", Buffer.from([...Buffer.from('{"domain_name":"'), 0xff, 0xfe, 0x22, 0x7d])],
  ["a letter in too many bytes", Buffer.from([...Buffer.from('{"domain_name":"'), 0xc0, 0xae, 0x22, 0x7d])],
  ["half of a letter", Buffer.from([...Buffer.from('{"domain_name":"'), 0xed, 0xa0, 0x80, 0x22, 0x7d])],
  ["33 levels", `{"domain_name":"example.com","x":${deep(32)}}`],
  ["33 levels of objects", `${'{"x":'.repeat(33)}1${"}".repeat(33)}`],
  ["half a MiB of levels", `{"x":${deep(MIB / 2 - 10)}}`],
  ["a MiB of [", filled("[")],
  ['a MiB of {"":', filled('{"":')],
  ["a MiB of quotes", filled('"')],
  ["a MiB of quotes in a list", `[${filled('"",')}""]`],
  ["a MiB of backslashes", `{"x":"${filled("\\")}`],
  ["a name of a MiB, twice", `{"${"\\n".repeat(200_000)}":1,"${"\\n".repeat(200_000)}":2}`],
  ["__proto__ behind half a MiB of escapes", `{"x":"${'\\"'.repeat(260_000)}","__proto__":1}`],
];

/** @type {(body: string | Uint8Array) => BodyInit} As bytes, so that no content type comes from it. */
const asBody = (body) => Buffer.from(/** @type {Uint8Array} */ (body));

/** @type {Attack[]} */
const bodies = broken.map(([name, body]) => ({
  name: `a body of ${name}`,
  ask: { body: asBody(body) },
  ...BODY,
}));

/** @type {Attack[]} */
const large = [
  { name: "a body of a byte too many", ask: { body: `{"x":"${"x".repeat(MIB - 7)}"}` }, ...LARGE },
  {
    name: "a body that is said to be too large",
    raw: { headers: [JSON_TYPE, `content-length: ${MIB + 1}`], body: "{}" },
    ...LARGE,
  },
  {
    name: "a body that is said to be larger than numbers go",
    raw: { headers: [JSON_TYPE, "content-length: 9007199254740993"], body: "{}" },
    ...LARGE,
  },
  {
    name: "a large body in chunks, which say nothing of it",
    raw: {
      headers: [JSON_TYPE, "transfer-encoding: chunked"],
      body: `${"10000\r\n".concat("x".repeat(65_536), "\r\n").repeat(17)}0\r\n\r\n`,
    },
    ...LARGE,
  },
];

/** @type {[name: string, operation: string, params: unknown][]} */
const bounded = [
  ["another domain", "list", { domain_name: "example.net" }],
  ["another case", "list", { domain_name: "EXAMPLE.com" }],
  ["a dot at the end", "list", { domain_name: "example.com." }],
  ["a space before", "list", { domain_name: " example.com" }],
  ["a line break after", "list", { domain_name: "example.com\n" }],
  ["a header in it", "list", { domain_name: "example.com\r\nx-evil: 1" }],
  ["NUL after", "list", { domain_name: "example.com\u0000" }],
  ["a letter of another alphabet", "list", { domain_name: "ex\u0430mple.com" }],
  ["wide letters", "list", { domain_name: "\uff45xample.com" }],
  ["a sign that joins nothing", "list", { domain_name: "example\u200b.com" }],
  ["a way up", "list", { domain_name: "example.com/../example.net" }],
  ["a way up in percent", "list", { domain_name: "example.com%2f..%2fexample.net" }],
  ["a query", "list", { domain_name: "example.com?x=" }],
  ["a list", "list", { domain_name: ["example.com"] }],
  ["a list of two", "list", { domain_name: ["example.com", "example.net"] }],
  ["an object", "list", { domain_name: { toString: "example.com" } }],
  ["null", "list", { domain_name: null }],
  ["no text", "list", { domain_name: "" }],
  ["a second value that is not bound to be there", "create", { ...DOMAIN, content: "192.0.2.1" }],
  ["one that is not in the list", "create", { ...DOMAIN, type: "TXT", content: "192.0.2.1" }],
  ["one of the list in another case", "create", { ...DOMAIN, type: "a", content: "192.0.2.1" }],
  ["the list itself", "create", { ...DOMAIN, type: ["A", "AAAA"], content: "192.0.2.1" }],
  ["the list as text", "create", { ...DOMAIN, type: "A,AAAA", content: "192.0.2.1" }],
  ["more after the expression", "create", { ...DOMAIN, type: "A", content: "192.0.2.1 evil" }],
  ["more before the expression", "create", { ...DOMAIN, type: "A", content: "evil 192.0.2.1" }],
  ["more after one of its branches", "create", { ...DOMAIN, type: "A", content: "www.evil.example" }],
  ["more before the other", "create", { ...DOMAIN, type: "A", content: "evil-www" }],
  ["a line break after the expression", "create", { ...DOMAIN, type: "A", content: "192.0.2.1\n" }],
  ["a line of its own that fits", "create", { ...DOMAIN, type: "A", content: "evil\nwww\nevil" }],
  ["a number for an expression", "create", { ...DOMAIN, type: "A", content: 192 }],
  ["a list for an expression", "create", { ...DOMAIN, type: "A", content: ["www"] }],
  ["an expression of many lines, one of which fits", "get", { ...DOMAIN, record_id: "12\n../x" }],
  ["an expression with g, where it fits a part", "get", { ...DOMAIN, record_id: "../12" }],
  ["a function that says no", "../domains.get", { domain_name: "example.net" }],
  ["a function that is given nothing", "../domains.get", {}],
];

/** @type {Attack[]} */
const params = bounded.map(([name, operation, given]) => ({
  name: `a bound param: ${name}`,
  ask: {
    operation: operation.startsWith("../")
      ? operation.replace("../", "combell/")
      : `combell/dnsRecords.${operation}`,
    params: given,
  },
  ...PARAMS,
}));

/** @type {Attack[]} */
const numbers = [
  "13",
  " 12",
  "12 ",
  "012",
  "+12",
  "12.0",
  "1.2e1",
  "0xc",
  "\u0661\u0662",
  12.5,
  [12],
  { a: 12 },
  true,
].map((account_id) => ({
  name: `a bound number: ${JSON.stringify(account_id)}`,
  ask: { operation: "combell/accounts.get", params: { account_id } },
  ...PARAMS,
}));

/** @type {Attack[]} */
const closed = [
  "accounts.create",
  "dnsRecords.delete",
  "dnsRecords.update",
  "domains.register",
  "domains.list",
  "mailboxes.changePassword",
  "ssh.listKeys",
].map((name) => ({ name: `closed: ${name}`, ask: { operation: `combell/${name}` }, ...CLOSED }));
closed.push({
  name: "an answer that is a secret",
  ask: { operation: "combell/sslCertificates.download", params: { sha1_fingerprint: "x" } },
  status: 403,
  kind: "PermissionError proxy_secret_answer",
});

/** @type {Attack[]} */
const callers = [
  undefined,
  "",
  "Bearer",
  "Bearer ",
  "Bearer  ",
  TOKEN,
  `Basic ${btoa(`tests:${TOKEN}`)}`,
  `Bearer ${TOKEN.slice(0, -1)}`,
  `Bearer ${TOKEN}x`,
  `Bearer ${TOKEN.toUpperCase()}`,
  `Bearer ${TOKEN} x`,
  `Bearer ${TOKEN},${TOKEN}`,
  `Bearer ${TOKEN}, Bearer ${OTHER_TOKEN}`,
  `Bearer "${TOKEN}"`,
  "Bearer undefined",
  "Bearer null",
  "Bearer [object Object]",
  `Bearer ${"x".repeat(8000)}`,
].map((authorization) => ({
  name: `authorization ${String(authorization).slice(0, 60)}`,
  ask: { headers: { authorization } },
  ...UNKNOWN,
}));
callers.push({
  name: "a token in other places",
  ask: {
    headers: {
      authorization: undefined,
      cookie: `authorization=Bearer ${TOKEN}`,
      "x-authorization": `Bearer ${TOKEN}`,
    },
    params: { ...DOMAIN, authorization: `Bearer ${TOKEN}` },
  },
  ...UNKNOWN,
});

/** @type {Attack[]} */
const origins = [
  "https://evil.example",
  "null",
  "https://app.example.com.evil.example",
  "https://evil.example?https://app.example.com",
  "https://app.example.com:8443",
  "http://app.example.com",
  "https://APP.example.com",
  "https://app.example.com/",
  "https://app.example.com, https://evil.example",
  "https://sub.app.example.com",
  "https://appXexample.com",
  "*",
  "file://",
  "chrome-extension://abcdefghijklmnop",
].map((origin) => ({
  name: `origin ${origin}`,
  raw: { headers: [JSON_TYPE, `origin: ${origin}`], body: "{}" },
  ...ORIGIN,
}));

/** @type {Attack[]} */
export const ATTACKS = [
  ...paths,
  ...senseless,
  ...methods,
  ...types,
  ...bodies,
  ...large,
  ...params,
  ...numbers,
  ...closed,
  ...callers,
  ...origins,
];
