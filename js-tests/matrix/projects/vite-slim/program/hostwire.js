// The WebAssembly as a file of its own, which the browser compiles while it loads.

import * as operations from "hostwire/combell/operations";
import core from "hostwire/core.wasm?url";
import * as root from "hostwire/slim";

root.setWasm(core);

export const modules = { root, combell: root, operations };
