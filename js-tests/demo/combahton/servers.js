import { expect, present } from "../expect.js";
import { followed } from "../steps.js";
import { text } from "./context.js";

/** @typedef {import("./context.js").CombahtonStep} CombahtonStep */

/** @type {CombahtonStep} */
export const show = {
  title: "Look at a server",
  code: ["const server = await combahton.kvm.server.view({ id });"],
  async run({ combahton, known: { serverId: id } }, show) {
    if (id === undefined) return "There is no server to look at";
    const { contract, node, ostemplate, status } = await combahton.kvm.server.view({ id });
    expect(String(contract) === id, `it is server ${id}`);
    show.fields({ node, ostemplate, status });
    return `Server ${contract} is ${status}`;
  },
};

/** @type {CombahtonStep} */
export const vnc = {
  title: "Open its screen to one address",
  code: ['const access = await combahton.kvm.server.vnc({ id, source: "203.0.113.70" });'],
  async run({ combahton, known }, show) {
    const id = present(known.serverId, "a server");
    const access = await combahton.kvm.server.vnc({ id, source: "203.0.113.70" });
    const { vnc_server, vnc_port, source } = access;
    const length = text(access.vnc_password).length;
    expect(source === "203.0.113.70" && length > 0, "the address may log in, with a password");
    show.fields({ vnc_server, vnc_port, source, vnc_password: `${length} characters, not for this screen` });
    return `${vnc_server}:${vnc_port} is open to ${source}`;
  },
};

/** @type {CombahtonStep} */
export const reinstall = {
  title: "Reinstall it and follow that to its end",
  code: [
    "const templates = await combahton.kvm.server.reinstallTemplates({ id });",
    "const server = await combahton.kvm.server",
    '  .reinstall({ id, template: "1" })',
    "  .wait({ onProgress });",
  ],
  async run({ combahton, known }, show) {
    const id = present(known.serverId, "a server");
    const templates = await combahton.kvm.server.reinstallTemplates({ id });
    show.table(templates.map(({ id, name }) => [text(id), text(name)]));
    const wanted = templates.find(({ id }) => id === "1");
    const server = await combahton.kvm.server
      .reinstall({ id, template: "1" })
      .wait(followed(show, ({ status }) => status));
    expect(server.ostemplate === text(wanted?.name), "the template is installed");
    expect(server.status === "running", "the server runs");
    return `${server.ostemplate} is installed, and the server is ${server.status}`;
  },
};
