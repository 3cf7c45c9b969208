// What a Worker that is a proxy for all five providers weighs.

import assert from "node:assert/strict";
import { it } from "node:test";
import { gzipSync } from "node:zlib";
import { bundleForWorkers } from "../package/bundle.js";
import { installPackage } from "../package/install.js";

const BUDGET = 80_000;
const WORKER = `
import { Artnet, Ccloud, Combahton, Combell, Hostkey } from "hostwire";
import { bearerTokens, createProxy } from "hostwire/proxy";

export default {
  fetch: (request, env) =>
    createProxy({
      clients: {
        artnet: new Artnet(env.ARTNET),
        ccloud: new Ccloud(env.CCLOUD),
        combahton: new Combahton(env.COMBAHTON),
        combell: new Combell(env.COMBELL),
        hostkey: new Hostkey(env.HOSTKEY),
      },
      authorize: bearerTokens(env.TOKENS),
      allow: env.RULES,
    }).fetch(request),
};
`;

it(`a proxy Worker with all five providers has at most ${BUDGET} bytes, gzipped`, async () => {
  const { js, wasm } = await bundleForWorkers(installPackage().dir, WORKER, { minify: true });
  const [script = 0, ...modules] = [js, ...wasm.map(({ bytes }) => bytes)].map(
    (part) => gzipSync(part, { level: 9 }).length,
  );
  const sum = modules.reduce((total, size) => total + size, script);
  console.log(`js ${script}, wasm ${sum - script}, sum ${sum}`);
  assert.ok(sum <= BUDGET, `${sum} bytes`);
});
