// The sandbox on its own, for developing against it.

import { parseArgs } from "node:util";
import { KINDS } from "./faults.js";
import { PROVIDERS, startSandbox } from "./index.js";

/**
 * @typedef {import("./index.js").ProviderName} ProviderName
 * @typedef {import("./index.js").SandboxOptions} SandboxOptions
 * @typedef {import("./recorder.js").RecordedRequest} RecordedRequest
 */

const HELP = `Imitates the providers' APIs on localhost.

  node js-tests/sandbox [options]

  --port N            port to listen on; any free one unless given
  --provider NAME     only this one; may be repeated. There are: ${PROVIDERS.join(", ")}
  --reading WHICH     Combell: signatures accepted, document, client or both (default)
  --accounts N        Combell: accounts there are from the start (350)
  --unknown-fields W  what becomes of fields that the specs do not have: refuse, which finds slips (default), or
                      ignore, as real servers do
  --shapes WHICH      where a provider answers in more than one shape: documented, or a number: each in turn, and
                      which comes first
  --job-polls N       how often a job is ongoing before it is finished (2)
  --clock-skew N      Combell: seconds that a timestamp may be off (300)
  --rate-limit N/S    Combell: N requests in S seconds, or "none" (10000/60)
  --no-pin            Hostkey: no PIN is set, and none is asked for
  --cors              lets web pages in
  --quiet             does not print each request
  --help              prints this

To make it misbehave while it runs:

  curl -d '{"fault":"reset"}' URL/_sandbox/misbehave
  curl -d '{"operation":"accounts.list","times":3,"fault":{"type":"status","status":503}}' URL/_sandbox/misbehave

A rule may have operation, method, path (* stands for any text), times ("always" for no end) and after.
Faults:
${Object.entries(KINDS)
  .map(([name, { says }]) => `  ${name.padEnd(12)} ${says}`)
  .join("\n")}

Further controls: GET /_sandbox (state and keys), GET and DELETE /_sandbox/requests, DELETE /_sandbox/misbehave,
POST /_sandbox/config, /_sandbox/reset, /_sandbox/next-job, /_sandbox/next-certificate-request.
ccloud: POST /_sandbox/issue-token, /_sandbox/expire-tokens. Hostkey: POST /_sandbox/expire-tokens.
`;

/** @param {string[]} args */
export async function main(args) {
  /** @type {SandboxOptions & { help: boolean }} */
  let options;
  try {
    options = readOptions(args);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\nTry: node js-tests/sandbox --help`);
    process.exitCode = 1;
    return;
  }
  const { help, ...rest } = options;
  if (help) {
    console.log(HELP);
    return;
  }
  try {
    const sandbox = await startSandbox(rest);
    for (const name of rest.providers ?? PROVIDERS) greet(name, sandbox[name]);
    process.once("SIGINT", () => sandbox.close().catch(fail));
    process.once("SIGTERM", () => sandbox.close().catch(fail));
  } catch (error) {
    fail(error);
  }
}

/** @param {unknown} error */
function fail(error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

/**
 * @param {string[]} args
 * @returns {SandboxOptions & { help: boolean }}
 */
function readOptions(args) {
  const text = /** @type {const} */ ({ type: "string" });
  const flag = /** @type {const} */ ({ type: "boolean", default: false });
  const { values } = parseArgs({
    args,
    options: {
      port: text,
      provider: { type: "string", multiple: true },
      reading: text,
      accounts: text,
      "unknown-fields": text,
      shapes: text,
      "job-polls": text,
      "clock-skew": text,
      "rate-limit": text,
      "no-pin": flag,
      cors: flag,
      quiet: flag,
      help: flag,
    },
  });
  const given = {
    port: count("--port", values.port),
    reading: /** @type {"document" | "client" | "both" | undefined} */ (values.reading),
    accounts: count("--accounts", values.accounts),
    jobPolls: count("--job-polls", values["job-polls"]),
    clockSkewSeconds: count("--clock-skew", values["clock-skew"]),
    rateLimit: rateLimit(values["rate-limit"]),
  };
  return {
    help: values.help,
    providers: /** @type {ProviderName[] | undefined} */ (values.provider),
    cors: values.cors,
    unknownFields: /** @type {"refuse" | "ignore" | undefined} */ (values["unknown-fields"]),
    shapes: values.shapes === "documented" ? "documented" : count("--shapes", values.shapes),
    onAnswer: values.quiet ? undefined : printRequest,
    combell: given,
    ccloud: { jobPolls: given.jobPolls },
    combahton: { jobPolls: given.jobPolls },
    hostkey: { jobPolls: given.jobPolls, pinSet: !values["no-pin"] },
  };
}

/**
 * @param {string} name
 * @param {string | undefined} text
 */
function count(name, text) {
  if (text === undefined) return undefined;
  if (!/^[0-9]{1,9}$/.test(text)) throw new Error(`${name} has to be a whole number, not ${text}`);
  return Number(text);
}

/** @param {string | undefined} text */
function rateLimit(text) {
  if (text === undefined) return undefined;
  if (text === "none") return null;
  const [, limit, windowSeconds] = /^([0-9]+)\/([1-9][0-9]*)$/.exec(text) ?? [];
  if (!limit) throw new Error(`--rate-limit has to be like 100/60, or none, not ${text}`);
  return { limit: Number(limit), windowSeconds: Number(windowSeconds) };
}

/**
 * @param {string} name
 * @param {import("./server.js").ProviderServer} provider
 */
function greet(name, { url, controlUrl, credentials }) {
  console.log(`${name} is at ${url}`);
  for (const [key, value] of Object.entries(credentials)) console.log(`  ${key.padEnd(12)} ${value}`);
  console.log(`  state        ${controlUrl}`);
  console.log(`  misbehave    curl -d '{"fault":"reset"}' ${controlUrl}/misbehave`);
  console.log("--help has all faults and controls; Ctrl-C ends it.\n");
}

/** @param {RecordedRequest} request */
function printRequest({ method, path, query, status, fault, operationId }) {
  const target = query ? `${path}?${query.replace(/(password=)[^&]*/, "$1…")}` : path;
  const what = [operationId, fault ? `misbehaved: ${fault}` : ""].filter(Boolean).join(", ");
  console.log(`${status ?? "---"} ${method} ${target}${what ? `  (${what})` : ""}`);
}
