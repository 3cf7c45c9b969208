// `make demo`: installs the package as a user would and tours the providers, each on a sandbox on localhost
// or, where its credentials are set, on the provider's own API, reading only.

import { startSandbox } from "../sandbox/index.js";
import { artnet } from "./artnet.js";
import { ccloud } from "./ccloud.js";
import { combahton } from "./combahton.js";
import { combell } from "./combell.js";
import { Unexpected } from "./expect.js";
import { hostkey } from "./hostkey.js";
import { install } from "./install.js";
import { count, createOutput, duration, size } from "./output.js";
import { liveTarget } from "./target.js";
import { StepError, walk, watchTraffic } from "./tour.js";

/**
 * @typedef {import("./tour.js").Tour} Tour
 * @typedef {import("./target.js").Live} Live
 * @typedef {import("./install.js").Installed} Installed
 *
 * @typedef {Awaited<ReturnType<typeof visit>>} Result
 */

/** @type {Tour[]} */
const TOURS = [combell, hostkey, ccloud, artnet, combahton];

/** Lines that stand apart from the steps. */
const ASIDE = { indent: 2, labels: 12 };

const started = performance.now();
const output = createOutput(process.stdout, process.env);

try {
  await main();
} catch (error) {
  explain(error);
  process.exitCode = 1;
}

async function main() {
  const targets = TOURS.map((tour) => liveTarget(tour, process.env));
  output.title("hostwire, as its users meet it");
  output.progress("Packing and installing the package, as npm would for a user.", ASIDE.indent);
  const installed = await install(TOURS.flatMap(({ provider }) => [provider, `${provider}/operations`]));
  const { name, version, files, packedSize } = installed;
  const contents = `${count(files, "file")}, ${size(packedSize)} packed`;
  output.fields({ Package: `${name} ${version}, ${contents}, installed from its tarball` }, ASIDE);

  /** @type {Result[]} */
  const results = [];
  for (const [index, tour] of TOURS.entries()) results.push(await visit(tour, targets[index], installed));
  sumUp(results);
  pointOn(TOURS.filter((_, index) => !targets[index]));
}

/**
 * @param {Tour} tour
 * @param {Live | undefined} live
 * @param {Installed} installed
 */
async function visit(tour, live, installed) {
  const { provider, title } = tour;
  const sandbox = live ? undefined : await startSandbox({ ...tour.sandbox, providers: [provider] });
  try {
    const baseUrl = sandbox?.[provider].url ?? live?.baseUrl;
    const where = sandbox
      ? `at ${baseUrl}; no credentials are set`
      : `${baseUrl ?? "its own API"}, with your credentials; only reads`;
    output.section(title);
    output.fields({ [sandbox ? "Sandbox" : "Provider"]: where }, ASIDE);
    output.line();
    output.code(sandbox ? tour.setup.sandbox : tour.setup.live, ASIDE.indent);

    const { traffic, options } = watchTraffic();
    const chapters = tour.open({
      hostwire: installed.module(provider),
      credentials: sandbox?.[provider].credentials ?? live?.credentials ?? {},
      options: { ...options, ...(baseUrl ? { baseUrl } : {}) },
      sandbox,
      traffic,
    });
    const steps = await walk(chapters, traffic, output);
    const { operations } = /** @type {{ operations: import("./tour.js").OperationInfo[] }} */ (
      installed.module(`${provider}/operations`)
    );
    const exercised = operations.filter(({ name }) => traffic.operations.has(name)).length;
    return { title, live, steps, exercised, operations: operations.length, requests: traffic.requests };
  } finally {
    await sandbox?.close();
  }
}

/** @param {Result[]} results */
function sumUp(results) {
  /** @param {(result: Result) => number} number */
  const inAll = (number) => results.reduce((sum, result) => sum + number(result), 0);
  const total = {
    title: "In all",
    steps: inAll(({ steps }) => steps),
    exercised: inAll(({ exercised }) => exercised),
    operations: inAll(({ operations }) => operations),
    requests: inAll(({ requests }) => requests),
    where: "",
  };
  const rows = results.map((result) => ({
    ...result,
    where: result.live ? "its own API, only reads" : "sandbox",
  }));
  output.section("All as expected");
  output.table(
    [...rows, total].map(({ title, steps, exercised, operations, requests, where }) => [
      title.padEnd(ASIDE.labels),
      count(steps, "step"),
      `${exercised} of ${operations} operations`,
      count(requests, "request"),
      where,
    ]),
    ASIDE.indent,
  );
  output.fields({ Time: duration(performance.now() - started) }, ASIDE);
}

/** @param {Tour[]} unseen tours that went to a sandbox */
function pointOn(unseen) {
  output.title("From here");
  for (const { title, credentials } of unseen) {
    const variables = Object.values(credentials).map((variable) => `${variable}=...`);
    output.fields({ [`On ${title}`]: `${variables.join(" ")} make demo   (only reads)` }, ASIDE);
  }
  output.fields({ "The guide": "README.md", "The sandbox": "node js-tests/sandbox --help" }, ASIDE);
  output.line();
}

/** @param {unknown} error */
function explain(error) {
  const isStep = error instanceof StepError;
  const reason = isStep ? error.cause : error;
  const { name, message } = reason instanceof Error ? reason : { name: "Error", message: String(reason) };
  output.failure(isStep ? `${error.message} ${name}: ${message}` : message);
  // The package's errors and the demo's own say it all; of anything else, one wants to know where it is from.
  const isKnown = reason instanceof Unexpected || (reason instanceof Error && "provider" in reason);
  if (isStep && !isKnown) console.error(reason);
}
