import { expect, present } from "../expect.js";
import { count } from "../output.js";

/**
 * @typedef {import("./context.js").HostkeyStep} HostkeyStep
 * @typedef {import("../../../pkg/providers/hostkey.js").ResultAnswer} ResultAnswer
 * @typedef {import("../../../pkg/providers/hostkey.js").DnsRecord} DnsRecord
 */

const PTR = "shop.example.com";
const RECORD = { name: "shop", type: "A", content: ["192.0.2.20"] };

/** Somebody's zone may be long. */
const SHOWN = 8;

/** @type {HostkeyStep} */
export const readPtr = {
  title: "What name does its address have?",
  code: ["const { data } = await hostkey.ip.getPtr({ id, ip });"],
  async run({ hostkey, known: { serverId: id, ip } }, show) {
    if (id === undefined || ip === undefined) return "There is no address to look at";
    const ptr = ptrOf(await hostkey.ip.getPtr({ id, ip }));
    show.fields({ ip, ptr: ptr || "none" });
    return ptr ? `${ip} is ${ptr}` : `${ip} has no name`;
  },
};

/** @type {HostkeyStep} */
export const changePtr = {
  title: "Give it another",
  code: [
    `await hostkey.ip.updatePtr({ id, ip, ptr: "${PTR}" });`,
    "const { data } = await hostkey.ip.getPtr({ id, ip });",
  ],
  async run({ hostkey, known }) {
    const id = present(known.serverId, "a server");
    const ip = present(known.ip, "an address");
    await hostkey.ip.updatePtr({ id, ip, ptr: PTR });
    const ptr = ptrOf(await hostkey.ip.getPtr({ id, ip }));
    expect(ptr === PTR, `the name of the address is ${PTR}`);
    return `${ip} is ${ptr}`;
  },
};

/** @type {HostkeyStep} */
export const readZone = {
  title: "List the zones and the records of one",
  code: [
    "const zones = await hostkey.pdns.listZones();",
    "const { data: { records = [] } = {} } = await hostkey.pdns.viewZone({ params: { zone } });",
  ],
  async run({ hostkey, known }, show) {
    const { data: zones } = await hostkey.pdns.listZones();
    const zone = textOf(Array.isArray(zones) ? zones[0] : undefined, "name");
    if (zone === "") return "There is no zone to look at";
    const { data: { records = [] } = {} } = await hostkey.pdns.viewZone({ params: { zone } });
    known.zone = zone;
    known.recordCount = records.length;
    showRecords(show, records.slice(0, SHOWN));
    const rest = records.length > SHOWN ? `, the first ${SHOWN} shown` : "";
    return `${count(records.length, "record")} of ${zone}${rest}`;
  },
};

/** @type {HostkeyStep} */
export const addRecord = {
  title: "Add a record",
  code: [
    "await hostkey.pdns.addDns({",
    '  params: { zone, name: "shop", type: "A", content: ["192.0.2.20"], ttl: 600 },',
    "});",
    "const { data: { records = [] } = {} } = await hostkey.pdns.viewZone({ params: { zone } });",
  ],
  async run({ hostkey, known }, show) {
    const zone = present(known.zone, "a zone");
    await hostkey.pdns.addDns({ params: { zone, ...RECORD, ttl: 600 } });
    const { data: { records = [] } = {} } = await hostkey.pdns.viewZone({ params: { zone } });
    const found = records.filter(({ name }) => name === RECORD.name);
    expect(found.length === 1 && found[0]?.content === RECORD.content[0], "the record is there once");
    showRecords(show, found);
    return `It is there, as one of ${count(records.length, "record")}`;
  },
};

/** @type {HostkeyStep} */
export const deleteRecord = {
  title: "Delete it",
  code: [
    "await hostkey.pdns.deleteDns({",
    '  params: { zone, name: "shop", type: "A", content: ["192.0.2.20"] },',
    "});",
    "const { data: { records = [] } = {} } = await hostkey.pdns.viewZone({ params: { zone } });",
  ],
  async run({ hostkey, known }) {
    const zone = present(known.zone, "a zone");
    await hostkey.pdns.deleteDns({ params: { zone, ...RECORD } });
    const { data: { records = [] } = {} } = await hostkey.pdns.viewZone({ params: { zone } });
    const { length } = records;
    expect(length === known.recordCount, `there are ${known.recordCount} records as before, not ${length}`);
    return `It is gone, and the other ${length} are there`;
  },
};

/** @param {ResultAnswer} answer */
const ptrOf = ({ data }) => textOf(data, "ptr");

/**
 * The documentation has lost these answers, so that their types say nothing.
 *
 * @param {unknown} value
 * @param {string} name
 */
function textOf(value, name) {
  if (typeof value !== "object" || value === null) return "";
  return String(Object.entries(value).find(([key]) => key === name)?.[1] ?? "");
}

/**
 * @param {import("../output.js").Output} show
 * @param {DnsRecord[]} records
 */
const showRecords = (show, records) =>
  show.table(records.map(({ type, name, ttl, content }) => [type, name, ttl, content]));
