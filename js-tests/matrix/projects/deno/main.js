import * as root from "npm:hostwire";
import * as combell from "npm:hostwire/combell";
import * as operations from "npm:hostwire/combell/operations";
import { runSuite } from "./program/suite.js";

console.log(JSON.stringify(await runSuite({ root, combell, operations }, JSON.parse(Deno.args[0]))));
