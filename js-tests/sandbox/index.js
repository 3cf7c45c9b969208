// An HTTP server on localhost that imitates the providers: `node js-tests/sandbox --help`.

import { realpathSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { startArtnet } from "./artnet/index.js";
import { startCcloud } from "./ccloud/index.js";
import { startCombahton } from "./combahton/index.js";
import { startCombell } from "./combell/index.js";
import { startHostkey } from "./hostkey/index.js";

/**
 * @typedef {import("./ccloud/index.js").CcloudOptions} CcloudOptions
 * @typedef {import("./ccloud/index.js").CcloudSandbox} CcloudSandbox
 * @typedef {import("./artnet/index.js").ArtnetOptions} ArtnetOptions
 * @typedef {import("./artnet/index.js").ArtnetSandbox} ArtnetSandbox
 * @typedef {import("./combahton/index.js").CombahtonOptions} CombahtonOptions
 * @typedef {import("./combahton/index.js").CombahtonSandbox} CombahtonSandbox
 * @typedef {import("./combell/index.js").CombellOptions} CombellOptions
 * @typedef {import("./combell/index.js").CombellSandbox} CombellSandbox
 * @typedef {import("./hostkey/index.js").HostkeyOptions} HostkeyOptions
 * @typedef {import("./hostkey/index.js").HostkeySandbox} HostkeySandbox
 *
 * @typedef {import("./settings.js").CommonSettings} CommonSettings
 *
 * @typedef {"combell" | "combahton" | "artnet" | "ccloud" | "hostkey"} ProviderName
 *
 * @typedef {object} SandboxOptions
 * @property {ProviderName[]} [providers] which to start; all unless given
 * @property {boolean} [cors] lets web pages in, preflights included
 * @property {() => number} [now] the clock of every provider, in ms
 * @property {CommonSettings["unknownFields"]} [unknownFields] of every provider whose own options do not say
 * @property {CommonSettings["shapes"]} [shapes] of every provider whose own options do not say
 * @property {import("./server.js").ServerOptions["onAnswer"]} [onAnswer] told of each request once it was dealt with
 * @property {CombellOptions} [combell]
 * @property {CombahtonOptions} [combahton]
 * @property {ArtnetOptions} [artnet]
 * @property {CcloudOptions} [ccloud]
 * @property {HostkeyOptions} [hostkey]
 *
 * @typedef {object} Sandbox
 * @property {CombellSandbox} combell
 * @property {CombahtonSandbox} combahton
 * @property {ArtnetSandbox} artnet
 * @property {CcloudSandbox} ccloud
 * @property {HostkeySandbox} hostkey
 * @property {() => Promise<void>} close ends every connection at once; rejects where the sandbox itself had
 *   been at fault, so that a test cannot pass over it
 */

/** @type {ProviderName[]} */
export const PROVIDERS = ["combell", "combahton", "artnet", "ccloud", "hostkey"];

/** What is the same for every provider, unless its own options say otherwise. */
const SHARED = ["now", "unknownFields", "shapes"];

const OPTIONS = ["providers", "cors", "onAnswer", ...SHARED, ...PROVIDERS];

/**
 * @param {SandboxOptions} [options]
 * @returns {Promise<Sandbox>}
 */
export async function startSandbox(options = {}) {
  const { providers = PROVIDERS, cors, onAnswer } = options;
  for (const [given, known] of /** @type {const} */ ([
    [Object.keys(options), OPTIONS],
    [providers, PROVIDERS],
  ])) {
    const unknown = given.filter((name) => !(/** @type {string[]} */ (known).includes(name)));
    if (unknown.length > 0) {
      throw new TypeError(`sandbox: unknown: ${unknown.join(", ")}. There are ${known.join(", ")}.`);
    }
  }
  const shared = Object.fromEntries(
    Object.entries(options).filter(([name, value]) => SHARED.includes(name) && value !== undefined),
  );
  const start = {
    combell: () => startCombell({ ...shared, ...options.combell }, { cors, onAnswer }),
    combahton: () => startCombahton({ ...shared, ...options.combahton }, { cors, onAnswer }),
    artnet: () => startArtnet({ ...shared, ...options.artnet }, { cors, onAnswer }),
    ccloud: () => startCcloud({ ...shared, ...options.ccloud }, { cors, onAnswer }),
    hostkey: () => startHostkey({ ...shared, ...options.hostkey }, { cors, onAnswer }),
  };
  /** @type {Partial<Record<ProviderName, import("./server.js").ProviderServer>>} */
  const started = {};
  try {
    for (const name of providers) started[name] = await start[name]();
  } catch (error) {
    await stop();
    throw error;
  }

  /** The others too, where one of them could not be started. */
  async function stop() {
    await Promise.all(Object.values(started).map((provider) => provider.close()));
  }

  async function close() {
    const running = Object.values(started);
    await stop();
    const errors = running.flatMap((provider) => provider.internalErrors);
    if (errors.length > 0) throw new Error(`The sandbox was at fault:\n${errors.join("\n")}`);
  }
  // Who starts some providers only knows which; the type has them all, so that nobody has to ask.
  return /** @type {Sandbox} */ (/** @type {unknown} */ ({ ...started, close }));
}

const here = fileURLToPath(import.meta.url);
const script = process.argv[1] ? realpathSync(process.argv[1]) : "";
if (script === here || script === dirname(here)) {
  // Not awaited: the command line imports this module, which would then wait for itself.
  import("./cli.js").then(({ main }) => main(process.argv.slice(2)));
}
