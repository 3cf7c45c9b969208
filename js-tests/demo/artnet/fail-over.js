import { expect, present } from "../expect.js";

/** @typedef {import("./context.js").ArtnetStep} ArtnetStep */

/** @type {ArtnetStep} */
export const read = {
  title: "Where does a fail-over address lead?",
  code: [
    "const { items } = await artnet.failOverIp.list();",
    "const { service_details } = await artnet.failOverIp.details({ service_id });",
  ],
  async run({ artnet, known }, show) {
    const { items } = await artnet.failOverIp.list();
    const service_id = items[0]?.id;
    if (service_id === undefined) return "There is no fail-over address to look at";
    known.failOverId = service_id;
    const { service_details: address } = await artnet.failOverIp.details({ service_id });
    const { virtual_ip, real_ip, real_ips_allowed_list } = address;
    expect(address.id === service_id, `it is number ${service_id}`);
    show.fields({ virtual_ip, real_ip, real_ips_allowed_list: real_ips_allowed_list?.join(", ") });
    return `${virtual_ip} leads to ${real_ip || "nowhere"}`;
  },
};

/** @type {ArtnetStep} */
export const switchOver = {
  title: "Switch it over to another server",
  code: [
    'await artnet.failOverIp.switch({ service_id, real_ip: "198.51.100.12" });',
    "const { service_details } = await artnet.failOverIp.details({ service_id });",
  ],
  async run({ artnet, known }) {
    const service_id = present(known.failOverId, "a fail-over address");
    await artnet.failOverIp.switch({ service_id, real_ip: "198.51.100.12" });
    const { service_details } = await artnet.failOverIp.details({ service_id });
    const { virtual_ip, real_ip } = service_details;
    expect(real_ip === "198.51.100.12", "it leads to 198.51.100.12");
    return `${virtual_ip} leads to ${real_ip} now`;
  },
};
