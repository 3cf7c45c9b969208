import { Ccloud } from "hostwire/ccloud";
import { operations } from "hostwire/ccloud/operations";

/**
 * @typedef {import("../types.js").Item} Item
 * @typedef {import("hostwire/ccloud").TasksGetStatus} Task
 */

/** @param {Item} item */
const hostOf = ({ ref }) => ({ hostname: String(ref.hostname) });

/** @param {unknown} value */
const taskOf = (value) =>
  typeof value === "object" && value !== null && "id" in value ? { id: Number(value.id) } : undefined;

const LOST = "What it has not written to disk may be lost.";

/** @type {import("../types.js").Provider<Ccloud, Task>} */
export const provider = {
  name: "ccloud",
  label: "ccloud",
  short: "Cc",
  hue: 205,
  addresses: ["https://ccenter.internet1.de/api/v1"],
  credentials: [
    { name: "clientId", label: "Client ID" },
    { name: "clientSecret", label: "Client secret", secret: true },
  ],
  operations,
  connect: ({ clientId = "", clientSecret = "" }, options, tokenStore) =>
    new Ccloud({ ...options, clientId, clientSecret, tokenStore }),
  connectByProxy: (options) => new Ccloud(options),

  lists: {
    async servers(client, signal) {
      /** @type {Item[]} */
      const items = [];
      for await (const server of client.servers.list({ limit: 100 }, { signal })) {
        const { hostname, custom_name, location, network_adapters = [] } = server;
        if (!hostname) continue;
        items.push({
          key: `server:${hostname}`,
          kind: "server",
          name: custom_name || hostname,
          detail: [custom_name ? hostname : "", location].filter(Boolean).join(" · "),
          ips: network_adapters.flatMap(({ ip_addresses = [] }) =>
            ip_addresses.flatMap(({ ip }) => ip ?? []),
          ),
          ref: { hostname },
        });
      }
      return items;
    },
  },

  async look(client, item) {
    const { state = "unknown" } = await client.servers.state.get(hostOf(item));
    return {
      state: state === "Running" ? "on" : state === "Off" ? "off" : "unknown",
      facts: [{ label: "State", value: state }],
    };
  },

  jobs: {
    // Some calls answer with a list of the tasks that they start.
    paramsOf: (started) => taskOf(Array.isArray(started) ? started[0] : started),
    follow: (client, { id }, options) => client.tasks.wait({ id: Number(id) }, options),
    progressOf: ({ status }) => (status === "processing" ? "Under way" : status),
  },

  actions: [
    {
      name: "start",
      label: "Start",
      icon: "play",
      operation: "servers.state.start",
      kinds: ["server"],
      start: (client, item, _, signal) => client.servers.state.start(hostOf(item), { signal }),
      done: ({ name }) => ({ says: `${name} is running.` }),
    },
    {
      name: "shutdown",
      label: "Shut down",
      icon: "power",
      operation: "servers.state.shutdown",
      kinds: ["server"],
      consequence: "Its operating system is shut down, and what runs on it ends.",
      start: (client, item, _, signal) => client.servers.state.shutdown(hostOf(item), { signal }),
      done: ({ name }) => ({ says: `${name} is shut down.` }),
    },
    {
      name: "stop",
      label: "Stop",
      icon: "stop",
      operation: "servers.state.stop",
      kinds: ["server"],
      consequence: `It is switched off. ${LOST}`,
      start: (client, item, _, signal) => client.servers.state.stop(hostOf(item), { signal }),
      done: ({ name }) => ({ says: `${name} is off.` }),
    },
    {
      name: "reboot",
      label: "Reboot",
      icon: "restart",
      operation: "servers.state.reset",
      kinds: ["server"],
      consequence: `It restarts without waiting for its operating system. ${LOST}`,
      start: (client, item, _, signal) => client.servers.state.reset(hostOf(item), { signal }),
      done: ({ name }) => ({ says: `${name} was restarted.` }),
    },
    {
      name: "console",
      label: "Open console",
      icon: "terminal",
      operation: "servers.console.get",
      kinds: ["server"],
      async run(client, item, _, signal) {
        const { url } = await client.servers.console.get(hostOf(item), { signal });
        return { says: `The console of ${item.name} is open in a new tab.`, open: url };
      },
    },
    {
      name: "snapshot",
      label: "Take a snapshot",
      icon: "camera",
      operation: "servers.snapshots.create",
      kinds: ["server"],
      fields: [{ name: "name", label: "Name", hint: "before the upgrade" }],
      start: (client, item, { name = "" }, signal) =>
        client.servers.snapshots.create({ ...hostOf(item), name }, { signal }),
      done: ({ name }) => ({ says: `${name} has a new snapshot.` }),
    },
    {
      name: "restore",
      label: "Restore a snapshot",
      icon: "history",
      operation: "servers.snapshots.restore",
      kinds: ["server"],
      consequence: "Everything that was written to its disks since the snapshot is lost.",
      fields: [{ name: "id", label: "Snapshot", choices: "asked" }],
      async choices(client, item) {
        const snapshots = await client.servers.snapshots.list(hostOf(item));
        return snapshots.flatMap(({ id, name, creationTime }) =>
          id
            ? {
                value: id,
                label: [name, creationTime?.slice(0, 16).replace("T", " ")].filter(Boolean).join(", "),
              }
            : [],
        );
      },
      start: (client, item, { id = "" }, signal) =>
        client.servers.snapshots.restore({ ...hostOf(item), id }, { signal }),
      done: ({ name }) => ({ says: `${name} is back at the snapshot.` }),
    },
  ],
};
