// A proxy in front of the sandbox: what every runtime runs.
import { Combell } from "hostwire/combell";
import { Hostkey } from "hostwire/hostkey";
import { bearerTokens, createProxy } from "hostwire/proxy";

export const makeProxy = ({ combell, hostkey, token, limits = { concurrency: 100 } }) =>
  createProxy({
    clients: { combell: new Combell(combell), hostkey: new Hostkey(hostkey) },
    authorize: bearerTokens([{ token, caller: "tests" }]),
    allow: { combell: ["*", "accounts.create"], hostkey: ["eq.*"] },
    basePath: "/edge",
    limits,
  });
