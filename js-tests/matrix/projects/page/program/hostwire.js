// Without a bundler: the files of the package as they are. Import maps do not reach into workers.

import * as root from "../node_modules/hostwire/index.js";
import * as combell from "../node_modules/hostwire/providers/combell.js";
import * as operations from "../node_modules/hostwire/providers/combell.operations.js";

export const modules = { root, combell, operations };
