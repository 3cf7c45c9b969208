import { expect, present } from "../expect.js";
import { count } from "../output.js";
import { followed } from "../steps.js";
import { NO_SERVER, workState } from "./context.js";

/** @typedef {import("./context.js").HostkeyStep} HostkeyStep */

/** @type {HostkeyStep} */
export const list = {
  title: "List the servers; the client logs in by itself",
  code: ["const { servers } = await hostkey.eq.list();"],
  async run({ hostkey, known, sandbox, traffic }, show) {
    const { servers = [] } = await hostkey.eq.list();
    expect(traffic.operations.has("auth.login"), "the client has logged in");
    expect(!sandbox || servers.length === 3, "there are three servers");
    const numbers = servers.map((server) => Number(typeof server === "object" ? server.id : server));
    known.serverId = numbers[0];
    if (numbers.length > 0) show.line(`     ${numbers.slice(0, 10).join(", ")}`);
    return count(numbers.length, "server");
  },
};

/** @type {HostkeyStep} */
export const show = {
  title: "Look at one",
  code: ["const server = await hostkey.eq.show({ id });"],
  async run({ hostkey, known }, show) {
    const id = known.serverId;
    if (id === undefined) return NO_SERVER;
    const server = await hostkey.eq.show({ id });
    expect(server.server_data?.id === id, `the server is number ${id}`);
    const addresses = server.IP ?? [];
    const main = addresses.find(({ main_ip }) => main_ip === 1) ?? addresses[0];
    known.ip = main?.IP;
    show.fields({
      preset: server.preset ?? "none",
      "hardware.config": server.hardware?.config ?? "none",
      "location.dc_location": server.location?.dc_location ?? "none",
      "IP[0].IP": main?.IP ?? "none",
      "server_data.due_date": server.server_data?.due_date ?? "none",
    });
    return `It is a ${server.server_data?.type} in ${server.location?.dc_location}`;
  },
};

/** @type {HostkeyStep} */
export const reboot = {
  title: "Reboot it and follow the work; the client fills in the PIN",
  code: ["const done = await hostkey.eq.reboot({ id }).wait({ onProgress });"],
  async run({ hostkey, known }, show) {
    const id = present(known.serverId, "a server");
    const done = await hostkey.eq.reboot({ id }).wait(followed(show, workState));
    expect(done.scope === "Reboot completed", "the reboot is completed");
    expect(done.context?.id === String(id), `it is server ${id} that was rebooted`);
    return `${done.scope}, server ${done.context.id}`;
  },
};

/** @type {HostkeyStep} */
export const status = {
  title: "Ask whether it runs, and take the work up again from its key",
  code: [
    "const { callback } = await hostkey.eq.status({ id });",
    "const done = await hostkey.eqCallback.wait({ key: callback });   // in any process",
  ],
  async run({ hostkey, known, sandbox }, show) {
    const id = known.serverId;
    if (id === undefined) return NO_SERVER;
    const { callback } = await hostkey.eq.status({ id });
    const done = await hostkey.eqCallback.wait(
      { key: callback },
      followed(show, workState, Boolean(sandbox)),
    );
    expect(!sandbox || done.scope === "on", "the server is on again");
    return `The server is ${workState(done).replace(/^(OK|success): /, "")}`;
  },
};
