// A walk through Artnet's services and servers: what is made is there, what is changed shows.

import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { startSandbox } from "../index.js";
import { artnetClient, items } from "./form-client.js";

/** @type {import("../index.js").Sandbox} */
let sandbox;
/** @type {ReturnType<typeof artnetClient>["call"]} */
let call;
/** @type {ReturnType<typeof artnetClient>["refused"]} */
let refused;
const NOW = 1_780_000_000_000;

before(async () => {
  sandbox = await startSandbox({ providers: ["artnet"], artnet: { now: () => NOW } });
  ({ call, refused } = artnetClient(sandbox.artnet));
});
beforeEach(() => sandbox.artnet.reset());
after(() => sandbox.close());

/** @param {string} type */
const servicesOf = (type) => sandbox.artnet.world.services.all().filter((service) => service.type === type);

/**
 * @param {string} type
 * @param {number} [index]
 */
const serviceId = (type, index = 0) => ({ service_id: servicesOf(type)[index]?.id });

describe("Artnet's services", () => {
  it("come in lists by type and by parent, and by themselves", async () => {
    const all = items((await call("services.list")).services_list);
    assert.equal(all.length, 126);
    assert.equal(new Set(all.map(({ id }) => id)).size, all.length);
    const vpses = items((await call("services.list", { service_type: "vps" })).services_list);
    assert.deepEqual(vpses, items((await call("vps.list")).services_list));
    assert.equal(vpses.length, 30);
    const { service_id: parent_service_id } = serviceId("dedicated");
    const children = items((await call("services.list", { parent_service_id })).services_list);
    assert.deepEqual(
      children.map(({ type }) => type),
      ["additional-ip", "other"],
    );
    assert.equal(items((await call("ssl.list", { parent_service_id })).services_list).length, 0);
    assert.equal(items((await call("vps.list", { parent_service_id: 0 })).services_list).length, 30);

    const { service } = await call("services.details", serviceId("dedicated"));
    assert.deepEqual(service, {
      id: 12001,
      type: "dedicated",
      name: "HP DL120 G7 198.51.100.10",
      custom_description: "Węzeł 0",
      expiration_time: 2_051_222_400,
      payment_details: { price: 51.5, price_brutto: 63.35, currency: "EUR", payment_period: "1" },
      parent_service_id: 0,
      ip: "198.51.100.10",
    });
  });

  it("have details by type, and those of another type have none", async () => {
    const { service_details: domain } = await call("domain.details", serviceId("domain", 2));
    assert.deepEqual(domain, {
      id: domain?.id,
      domain_name: "żółw.example",
      manageable: true,
      dns_servers: ["ns1.artnet.pl", "ns2.artnet.pl"],
    });
    const unknown = (await call("domain.details", serviceId("domain", 3))).service_details;
    assert.equal(unknown?.dns_servers, undefined);
    const { service_details: ssl } = await call("ssl.details", serviceId("ssl"));
    assert.deepEqual(Object.keys(ssl?.certificate ?? {}), ["pl", "en"]);
    const { service_details: link } = await call("linkService.details", serviceId("link"));
    assert.equal(link?.network_configuration?.mask_short, "/32");
    for (const module of [
      "domain",
      "ssl",
      "linkService",
      "failOverIp",
      "additionalIp",
      "dedicated",
      "easyisp",
    ]) {
      assert.equal(
        (await refused(`${module}.details`, serviceId("vps"))).code,
        "authorization-failed",
        module,
      );
    }
  });

  it("of domains get other DNS servers", async () => {
    const dns_servers = ["ns2.example.net", "NS1.example.net."];
    await call("domain.editDnsServers", { ...serviceId("domain"), dns_servers });
    const { service_details } = await call("domain.details", serviceId("domain"));
    assert.deepEqual(service_details?.dns_servers, ["ns2.example.net", "ns1.example.net"]);
    for (const [service, servers, code] of /** @type {const} */ ([
      [serviceId("vps"), dns_servers, "invalid-service-type"],
      [serviceId("domain"), ["ns1.example.net"], "dns-servers-insufficient"],
      [serviceId("domain"), ["ns1.example.net", "not a host"], "incorrect-param-value"],
      [serviceId("domain", 3), dns_servers, "edit-dns-error"],
    ])) {
      const error = await refused("domain.editDnsServers", { ...service, dns_servers: servers });
      assert.equal(error.code, code);
    }
  });
});

describe("Artnet's customer", () => {
  it("gets a new key, and the old one is refused from then on", async () => {
    const { credentials } = sandbox.artnet;
    const old = credentials.apiKey;
    const { api_key } = await call("customer.regenerateApiKey");
    assert.match(String(api_key), /^[a-z0-9]{40}$/);
    assert.equal(credentials.apiKey, api_key);
    assert.equal((await refused("customer.details", { api_key: old })).code, "authorization-failed");
    await call("customer.details");
    const { api_key: third } = await call("customer.regenerateApiKey");
    assert.notEqual(third, api_key);
    sandbox.artnet.reset();
    assert.equal(credentials.apiKey, old);
    await call("customer.details");
  });

  it("keeps what is not changed", async () => {
    const { customer: first } = await call("customer.details");
    assert.equal(first?.id, 19052);
    assert.equal(first?.business, true);
    await call("customer.edit", { customer: { country_code: "DE", business: "false", fax: "+49 30 1" } });
    const changes = { country_code: "DE", country_label: "Niemcy", business: false, fax: "+49 30 1" };
    assert.deepEqual((await call("customer.details")).customer, { ...first, ...changes });
    await call("customer.edit");
    for (const customer of [{ business: "1" }, { email: "nobody" }, { country_code: "XX" }, { name: " " }]) {
      assert.equal((await refused("customer.edit", { customer })).code, "incorrect-param-value");
    }
    assert.equal((await call("customer.details")).customer?.name, first?.name);
  });

  it("has a language and emails", async () => {
    await call("customer.changeLanguage", { language: "en" });
    assert.equal((await call("customer.getLanguage")).language, "en");
    assert.equal((await call("customer.details")).customer?.language, "en");
    assert.equal(
      (await refused("customer.changeLanguage", { language: "xx" })).code,
      "incorrect-param-value",
    );

    const [newest, second] = items((await call("customer.emailsList")).emails_list);
    assert.deepEqual(Object.keys(newest ?? {}), ["id", "time", "subject"]);
    assert.ok(Number(newest?.time) > Number(second?.time));
    const { email } = await call("customer.emailDetails", { email_id: newest?.id });
    assert.equal(email?.subject, newest?.subject);
    assert.match(String(email?.body), /Zażółć gęślą jaźń\.\r\n/);
    assert.equal((await refused("customer.emailDetails", { email_id: 1 })).code, "invalid-id");
  });
});

describe("Artnet's servers", () => {
  it("are switched on and off", async () => {
    const confirm = "confirm";
    const vps = serviceId("vps");
    const state = async () => (await call("vps.details", vps)).service_details?.power_state;
    assert.equal(await state(), "on");
    await call("vps.powerOff", { ...vps, confirm });
    await call("vps.powerOff", { ...vps, confirm });
    assert.equal(await state(), "off");
    await call("vps.powerRestart", { ...vps, confirm });
    assert.equal(await state(), "on");
    for (const [index, code] of /** @type {const} */ ([
      [2, "service-suspended"],
      [3, "unsupported-feature"],
    ])) {
      assert.equal((await refused("vps.powerOn", { ...serviceId("vps", index), confirm })).code, code);
    }
    for (const fields of [vps, { ...vps, confirm: "yes" }]) {
      assert.equal((await refused("vps.powerOff", fields)).code, "unconfirmed");
    }
    assert.equal(await state(), "on");

    for (const type of ["dedicated", "colocation"]) {
      const service = serviceId(type);
      await call(`${type}.powerOff`, { ...service, confirm });
      assert.deepEqual((await call(`${type}.powerDetails`, service)).power_details, {
        manageable: true,
        state: "off",
      });
      assert.equal((await refused(`${type}.powerOff`, service)).code, "unconfirmed");
      assert.equal((await refused(`${type}.powerOn`, { ...vps, confirm })).code, "invalid-service-type");
      const last = serviceId(type, type === "dedicated" ? 11 : 3);
      assert.equal((await refused(`${type}.powerOn`, { ...last, confirm })).code, "unsupported-feature");
      const { power_details } = await call(`${type}.powerDetails`, last);
      assert.deepEqual(power_details, { manageable: false, state: "unknown" });
    }
  });

  it("tell what they are and what they have used", async () => {
    const { service_details: first } = await call("dedicated.details", serviceId("dedicated"));
    assert.equal(first?.network_configuration?.firewall_ruleset_id, "fw-1");
    assert.deepEqual(first?.features, {
      ilo_access_management: true,
      power_management: true,
      firewall_management: true,
    });
    assert.deepEqual(first?.network_configuration?.subnetworks, [
      { id: 701, ip: "198.51.100.64", mask: "255.255.255.248", mask_short: "/29", type: "IPv4" },
      {
        id: 702,
        ip: "2001:db8:a::",
        mask: "ffff:ffff:ffff:ffff:ffff:ffff:ffff:0",
        mask_short: "/112",
        type: "IPv6",
      },
    ]);
    const { service_details: last } = await call("dedicated.details", serviceId("dedicated", 9));
    assert.deepEqual([last?.active, last?.network_configuration?.firewall_ruleset_id], [false, undefined]);

    const { transfer_usage_details: usage } = await call(
      "dedicated.transferUsageDetails",
      serviceId("dedicated"),
    );
    const periods = items(usage?.periods_list);
    assert.equal(periods.length, 4);
    const now = NOW / 1000;
    const [present] = periods;
    assert.ok(Number(present?.time_range?.from) <= now && now <= Number(present?.time_range?.to));
    assert.ok(Number(present?.transfer_usage?.up) > 2 ** 32);
    const unmetered = serviceId("dedicated", 10);
    assert.equal((await refused("dedicated.transferUsageDetails", unmetered)).code, "unsupported-feature");
  });

  it("open their iLO for one address", async () => {
    const service = serviceId("dedicated");
    const details = async () => (await call("dedicated.iloDetails", service)).ilo_details;
    assert.deepEqual(await details(), { available: true, ip: "198.18.9.1", access_enabled: false });
    await call("dedicated.iloAccessEnable", { ...service, remote_ip: "192.0.2.1" });
    await call("dedicated.iloAccessEnable", { ...service, remote_ip: "2001:DB8::0:2" });
    assert.equal((await details())?.access_ip, "2001:db8::2");
    await call("dedicated.iloAccessDisable", service);
    assert.equal((await details())?.access_enabled, false);
    const none = serviceId("dedicated", 8);
    assert.equal((await refused("dedicated.iloAccessDisable", none)).code, "unsupported-feature");
    assert.equal((await call("dedicated.iloDetails", none)).ilo_details?.available, false);
  });

  it("get additional addresses, which cost more", async () => {
    const { service_id: parent_service_id } = serviceId("vps", 5);
    const price = async () =>
      Number(
        (await call("services.details", { service_id: parent_service_id })).service?.payment_details?.price,
      );
    const before = await price();
    const { order_info } = await call("additionalIp.orderInfo", { parent_service_id });
    assert.equal(order_info?.maximum_ips_number, 16);
    const each = Number(order_info?.one_ip_payment_details?.price);
    const { order_details } = await call("additionalIp.order", { parent_service_id, ips_number: 3 });
    assert.equal(await price(), before + 3 * each);

    const ips = items(order_details?.ips_configuration).map(({ ip }) => ip);
    assert.equal(new Set(ips).size, 3);
    assert.equal(items(order_details?.ips_configuration)[0]?.mask, "255.255.255.255");
    const { service_details: vps } = await call("vps.details", { service_id: parent_service_id });
    assert.deepEqual(vps?.newtwork_configuration?.additional_ips_list, ips);
    const made = (await call("additionalIp.details", { service_id: order_details?.service_id }))
      .service_details;
    assert.deepEqual(
      items(made?.subnetworks).map(({ ip }) => ip),
      ips,
    );
    const rest = (await call("additionalIp.orderInfo", { parent_service_id })).order_info;
    assert.equal(rest?.maximum_ips_number, 13);
    for (const ips_number of [0, 14]) {
      const error = await refused("additionalIp.order", { parent_service_id, ips_number });
      assert.equal(error.code, "invalid-ips-number");
    }
    const { service_id: domain } = serviceId("domain");
    const error = await refused("additionalIp.order", { parent_service_id: domain, ips_number: 1 });
    assert.equal(error.code, "invalid-parent-service-type");
    await call("ipBlackholing.enable", { ip: ips[0] });
  });

  it("of the express offer are reserved and ordered", async () => {
    const list = async (/** @type {string} */ name) => items((await call(`offerDedicated.${name}`)).offer);
    const offer = await list("expressOffer");
    assert.equal(offer.length, 8);
    assert.deepEqual(Object.keys(offer[0]?.prices ?? {}), ["regular", "reseller"]);
    for (const { id } of offer.slice(0, 3))
      await call("offerDedicated.expressReservation", { server_id: id });
    await call("offerDedicated.expressReservation", { server_id: offer[0]?.id });
    const fourth = await refused("offerDedicated.expressReservation", { server_id: offer[3]?.id });
    assert.equal(fourth.code, "authorization-failed");
    await call("offerDedicated.expressReservationCancel", { server_id: offer[1]?.id });
    const again = await refused("offerDedicated.expressReservationCancel", { server_id: offer[1]?.id });
    assert.equal(again.code, "invalid-server-id");
    assert.equal((await list("expressReservationsList")).length, 2);

    const { order_details } = await call("offerDedicated.expressOrder", { server_id: offer[0]?.id });
    assert.match(String(order_details?.invoice_number), /^FV\/\d+\/2026$/);
    assert.match(String(order_details?.management_panel_url), /^https:\/\/.*auth=\w{32}$/);
    const { service_details } = await call("dedicated.details", { service_id: order_details?.service_id });
    assert.deepEqual(service_details?.hardware_configuration, offer[0]?.hardware_configuration);
    assert.equal((await list("expressOffer")).length, 7);
    assert.equal((await list("expressReservationsList")).length, 1);
    const sold = await refused("offerDedicated.expressOrder", { server_id: offer[0]?.id });
    assert.equal(sold.code, "invalid-server-id");

    sandbox.artnet.configure({ reseller: false });
    assert.deepEqual(Object.keys((await list("expressOffer"))[0]?.prices ?? {}), ["regular"]);
    const denied = await refused("offerDedicated.expressReservation", { server_id: offer[4]?.id });
    assert.equal(denied.code, "authorization-failed");
  });
});
