import type { Call, PagedCall } from "hostwire";
import { Artnet, type Service, type Success } from "hostwire/artnet";
import { same } from "./equal.js";

const artnet = new Artnet({ customerId: "12", apiKey: "key" });
new Artnet({ customerId: 12, apiKey: "key" });
// @ts-expect-error a key is no number
new Artnet({ customerId: 12, apiKey: 7 });
// @ts-expect-error the customer is missing
new Artnet({ apiKey: "key" });
// @ts-expect-error no token is kept
new Artnet({ customerId: "12", apiKey: "key", tokenStore: new Map() });

same<ReturnType<typeof artnet.services.list>, PagedCall<Service>>();
same<ReturnType<typeof artnet.vps.powerOn>, Call<Success>>();
artnet.vps.powerOn({ service_id: 12 });
// @ts-expect-error wrong name
artnet.vps.powerOn({ id: 12 });
artnet.customer.edit({ customer: {} });
// @ts-expect-error nothing to wait for
artnet.vps.powerOn({ service_id: 12 }).wait();
const { zone_details } = await artnet.dns.addPrimary({ domain: "example.com" });
zone_details.id.toFixed();
// @ts-expect-error only the id is sure
zone_details.domain.length;
// @ts-expect-error credentials are the client's
artnet.vps.powerOn({ service_id: 12, api_key: "key" });
