import {
  Artnet,
  type CallOptions,
  Ccloud,
  Combahton,
  Combell,
  type CombellOptions,
  Hostkey,
  HostwireError,
  NotFoundError,
  signCombell,
} from "hostwire";

const clients = [Artnet, Ccloud, Combahton, Combell, Hostkey];
const options: CombellOptions & CallOptions = { apiKey: "key", apiSecret: "secret" };
const combell = new Combell(options);
try {
  await signCombell({ ...{ apiKey: "key", apiSecret: "secret" }, method: "GET", path: "/v2" });
  await combell.accounts.get({ account_id: clients.length });
} catch (error) {
  if (error instanceof NotFoundError) error.status.toFixed();
  else if (error instanceof HostwireError) error.provider?.length;
}
