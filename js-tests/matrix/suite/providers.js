// A call of each way to prove who is calling: a signature, a token, a session, a key in a form, a key in JSON.

/** @type {{ [name: string]: import("./index.js").Case }} */
export const PROVIDER_CASES = {
  async "Combell, signed"({ client }) {
    return await client().accounts.get({ account_id: 200001 });
  },

  async "ccloud, OAuth"({ clientOf }) {
    const { items, hasNextPage } = await clientOf("Ccloud").servers.list({ limit: 2 });
    return { hostnames: items.map((/** @type {any} */ { hostname }) => hostname), hasNextPage };
  },

  async "Hostkey, a login"({ clientOf }) {
    return await clientOf("Hostkey").eq.list();
  },

  async "Artnet, a form"({ clientOf }) {
    const artnet = clientOf("Artnet");
    const { zones_list } = await artnet.dns.list();
    const { zone_details } = await artnet.dns.detailsPrimary({ zone_id: zones_list[0].id });
    return { domain: zone_details.domain, records: zone_details.records.length };
  },

  async "combahton, a file in the answer"({ clientOf }) {
    const { invoices } = clientOf("Combahton").customer;
    const [{ id }] = await invoices.viewUnpaid();
    const { bytes, contentType } = await invoices.view({ id });
    return {
      isBytes: bytes instanceof Uint8Array,
      begins: String.fromCharCode(...bytes.subarray(0, 5)),
      contentType,
    };
  },
};
