import { expect, present } from "../expect.js";
import { count } from "../output.js";
import { SHOWN } from "./context.js";

/**
 * @typedef {import("./context.js").ArtnetStep} ArtnetStep
 * @typedef {import("../../../pkg/providers/artnet.js").DnsRecord} DnsRecord
 */

const NO_ZONE = "There is no zone to look at";
const ADDED = /** @type {const} */ ({ name: "shop", ttl: 600, type: "A", data1: "192.0.2.20" });

/** @type {ArtnetStep} */
export const list = {
  title: "List the zones",
  code: ["const { zones_list } = await artnet.dns.list();"],
  async run({ artnet, known }, show) {
    const { zones_list: zones } = await artnet.dns.list();
    known.zoneId = zones.find(({ type }) => type === "primary")?.id;
    show.table(zones.slice(0, SHOWN).map(({ id, domain, type }) => [id, domain, type]));
    return count(zones.length, "zone");
  },
};

/** @type {ArtnetStep} */
export const readRecords = {
  title: "Read the records of one",
  code: ["const { zone_details } = await artnet.dns.detailsPrimary({ zone_id });"],
  async run({ artnet, known: { zoneId: zone_id } }, show) {
    if (zone_id === undefined) return NO_ZONE;
    const { zone_details: zone } = await artnet.dns.detailsPrimary({ zone_id });
    expect(zone.id === zone_id, `it is zone ${zone_id}`);
    const records = present(zone.records, "its records");
    showRecords(show, records.slice(0, 2 * SHOWN));
    return `${count(records.length, "record")} of ${zone.domain}, serial number ${zone.serial}`;
  },
};

/** @type {ArtnetStep} */
export const changeRecords = {
  title: "Replace them; the serial number makes sure that nobody else has changed them meanwhile",
  code: [
    "const { serial, records } = zone_details;",
    'const added = { name: "shop", ttl: 600, type: "A", data1: "192.0.2.20" };',
    "await artnet.dns.editPrimaryRecords({ zone_id, serial, records: [...records, added] });",
    "const { zone_details } = await artnet.dns.detailsPrimary({ zone_id });",
  ],
  async run({ artnet, known }, show) {
    const zone_id = present(known.zoneId, "a zone");
    const { zone_details: zone } = await artnet.dns.detailsPrimary({ zone_id });
    const serial = present(zone.serial, "its serial number");
    const records = present(zone.records, "its records");
    await artnet.dns.editPrimaryRecords({ zone_id, serial, records: [...records, ADDED] });
    const { zone_details: after } = await artnet.dns.detailsPrimary({ zone_id });
    const saved = present(after.records, "its records");
    expect(saved.length === records.length + 1, "there is one more record");
    expect(present(after.serial, "its serial number") > serial, "the serial number is higher");
    showRecords(show, saved.slice(-1));
    return `${count(saved.length, "record")}, serial number ${after.serial}`;
  },
};

/**
 * @param {import("../output.js").Output} show
 * @param {DnsRecord[]} records
 */
const showRecords = (show, records) =>
  show.table(
    records.map(({ name, ttl, type, data1, data2, data3, data4 }) => [
      type,
      name || "@",
      ttl,
      [data1, data2, data3, data4].filter((data) => data !== undefined).join(" "),
    ]),
  );
