import * as operations from "hostwire/combell/operations";
import core from "hostwire/core.wasm";
import * as root from "hostwire/slim";

root.setWasm(core);

export const modules = { root, combell: root, operations };
