// What each call has to give, in every environment.

/**
 * @param {number} status
 * @param {string} name
 */
const refused = (status, name) => [
  ...[status, status, name, true],
  ...["sandbox_misbehaviour", 1, "combell", "accounts.get"],
];

const CERTIFICATE = {
  location: "/v2/sslcertificates/7C66117127B399A032F4BCFFD5DF6D54A5964812",
  id: "7C66117127B399A032F4BCFFD5DF6D54A5964812",
};

/** @type {{ [name: string]: unknown }} */
const EXPECTED = {
  "ccloud, OAuth": { hostnames: ["vs10000", "ts12345"], hasNextPage: true },
  "Hostkey, a login": { result: "OK", servers: [34533, 32645, 17405] },
  "Artnet, a form": { domain: "example.com", records: 5 },
  "combahton, a file in the answer": {
    isBytes: true,
    begins: "%PDF-",
    contentType: "application/pdf",
  },
  "Combell, signed": {
    id: 200001,
    identifier: "example.com",
    servicepack: { id: 1001, name: "Web hosting Linux Start" },
    addons: [{ id: 301, name: "Daily backup" }],
  },
  "the root and the subpath have the same classes": [true, true],
  "a DNS record's life": {
    created: ["location", "id"],
    endsWithId: true,
    listed: [{ content: "192.0.2.7", ttl: 300 }],
    updated: true,
    listedAgain: [{ content: "192.0.2.8", ttl: 300 }],
    deleted: true,
    left: [],
  },
  "a walk through pages": { ids: 350, walked: 4, stopped: 1 },
  "a page and its next": [
    {
      items: [{ id: 200349, identifier: "shop-0349.example", servicepack_id: 1004 }],
      total: 350,
      hasNextPage: true,
    },
    {
      items: [{ id: 200350, identifier: "shop-0350.example", servicepack_id: 1001 }],
      total: 350,
      hasNextPage: false,
    },
  ],
  "a job, waited for": {
    started: ["location", "job_id"],
    progress: [
      [1, "ongoing"],
      [2, "ongoing"],
    ],
    done: true,
    result: { id: "5ba23c87-5f8c-46b6-85e6-a994edbf8d85", resource_links: ["/v2/accounts/200351"] },
  },
  "a job, taken up again": ["/v2/mysqldatabases/ID200001_suite"],
  "a certificate request that a 303 ends": {
    id: "7033",
    open: "SSL-7033",
    place: CERTIFICATE,
    again: CERTIFICATE,
    commonName: "example.com",
  },
  "a download": {
    isBytes: true,
    length: 1540,
    first: [0x30, 0x82, 6, 0, 0, 1, 2, 3],
    contentType: "application/x-pkcs12",
    filename: "example.com.pfx",
  },
  "an error class for each status": [
    refused(400, "ValidationError"),
    refused(401, "AuthenticationError"),
    refused(403, "PermissionError"),
    refused(404, "NotFoundError"),
    refused(409, "ConflictError"),
    refused(410, "GoneError"),
    refused(418, "ApiError"),
    refused(422, "ValidationError"),
    refused(429, "RateLimitError"),
    refused(500, "ServerError"),
    refused(503, "ServerError"),
  ],
  "an error class for each other failure": [
    ...Array(3).fill(["ResponseError", true, "accounts.get"]),
    ["ConnectionError", true, "accounts.get"],
    ["InputError", true, "accounts.get"],
    ["NotAllowedError", true, "accounts.create"],
    ["JobError", true, "provisioningJobs.get"],
    ["InputError", true, null],
  ],
  "a connection in use that breaks off at a purchase": { name: "ConnectionError", arrived: 1 },
  "an abort in flight": true,
  "a timeout": ["TimeoutError", 50, 1],
  "the other reading of the signature, after a 401": [2, 1],
  "another try after a 503": {
    items: 1,
    attempts: 3,
    events: [
      [1, 0, 503, "ServerError"],
      [2, 0, 503, "ServerError"],
    ],
    signatures: 3,
  },
  prepare: {
    isRequest: true,
    method: "POST",
    path: "/v2/dns/example.com/records",
    contentType: "application/json",
    signed: true,
    body: { type: "A", content: "192.0.2.9" },
    sentByItself: 0,
    status: 201,
  },
  request: {
    accounts: [{ id: 200002, identifier: "example.net", servicepack_id: 1003 }],
    created: ["location", "id"],
    error: ["NotFoundError", "request", true],
  },
  withResponse: {
    same: true,
    status: 200,
    type: "application/json; charset=utf-8",
    path: "/v2/accounts/200002",
    attempts: 1,
    rateLimit: { limit: 10000, usage: 1, remaining: 9999 },
  },
  operations: {
    count: 75,
    first: {
      name: "accounts.create",
      method: "POST",
      path: "/v2/accounts",
      effect: "purchase",
      idempotent: false,
    },
    summary: "string",
  },
  // The signatures of x-signing in specs/combell.yaml.
  signCombell: [
    "8DtjhaYLsOm9j1G9V3MIntg1848kexJk9nuDpUkRakg=",
    "f4vHieQ4Q1YguuO80tkp8EiB+AzqKRgdkObfPFof+Xs=",
    "XEZi2X1i/YdrnC3QwDIKa6n0C1WItUiSzReSPok4FWM=",
  ].map((signature) => `hmac my-key:${signature}:0123456789abcdef:1700000000`),
};

/**
 * Browsers hide redirects from programs. And they send any request again by themselves where a connection that was in
 * use breaks off before the answer; Combell refuses the second one, because it has the same nonce.
 */
const IN_BROWSERS = {
  "a connection in use that breaks off at a purchase": { name: "AuthenticationError", arrived: 2 },
  "a certificate request that a 303 ends": {
    id: "7033",
    open: "SSL-7033",
    refused: ["ResponseError", "sslCertificateRequests.get"],
  },
};

/**
 * @param {{ isBrowser?: boolean }} environment
 * @returns {{ [name: string]: unknown }}
 */
export const expectedIn = ({ isBrowser }) => ({ ...EXPECTED, ...(isBrowser && IN_BROWSERS) });
