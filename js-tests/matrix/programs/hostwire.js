import * as root from "hostwire";
import * as combell from "hostwire/combell";
import * as operations from "hostwire/combell/operations";

export const modules = { root, combell, operations };
