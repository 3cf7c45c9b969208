import { expect } from "../expect.js";
import { count } from "../output.js";
import { walkAll } from "../steps.js";

/** @typedef {import("./context.js").CcloudStep} CcloudStep */

const SHOWN = 4;

/** @type {CcloudStep} */
export const walkServers = {
  title: "Walk all servers, page by page, without minding the pages",
  code: ["for await (const server of ccloud.servers.list({ limit: 25 })) seen.add(server.hostname);"],
  async run({ ccloud, known, sandbox, traffic }, show) {
    const { items, pages } = await walkAll(() => ccloud.servers.list({ limit: 25 }), hostnameOf, {
      show,
      traffic,
      operation: "servers.list",
      isSandbox: Boolean(sandbox),
    });
    expect(!sandbox || items === 60, `there are 60 servers, not ${items}`);
    return `${count(items, "server")} in ${count(pages, "page")}`;

    /** @param {{ hostname?: string }} server */
    function hostnameOf({ hostname }) {
      known.hostname ??= hostname;
      return hostname;
    }
  },
};

/** @type {CcloudStep} */
export const tasks = {
  title: "List some tasks",
  code: ["const { items } = await ccloud.tasks.list({ limit: 4 });"],
  async run({ ccloud }, show) {
    const { items } = await ccloud.tasks.list({ limit: 4 });
    show.table(items.map(({ id, action, hostname, status }) => [id, action, hostname, status]));
    return count(items.length, "task");
  },
};

/** @type {CcloudStep} */
export const invoices = {
  title: "List the invoices",
  code: ["const invoices = await ccloud.customers.invoices.list();"],
  async run({ ccloud, sandbox }, show) {
    const invoices = await ccloud.customers.invoices.list();
    expect(!sandbox || invoices.length === 18, "there are 18 invoices");
    show.table(
      invoices
        .slice(-SHOWN)
        .map(({ id, year, month, total }) => [
          id,
          `${year}-${String(month).padStart(2, "0")}`,
          `${total} EUR`,
        ]),
    );
    return count(invoices.length, "invoice");
  },
};
