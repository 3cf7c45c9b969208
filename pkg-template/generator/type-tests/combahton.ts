import type { Call, JobCall } from "hostwire";
import {
  Combahton,
  type Invoice,
  type KvmServer,
  type NoUnpaidInvoices,
  type StatusAnswer,
} from "hostwire/combahton";
import { same } from "./equal.js";

const combahton = new Combahton({ email: "me@example.com", secret: "secret" });
// @ts-expect-error the secret is missing
new Combahton({ email: "me@example.com" });

same<ReturnType<typeof combahton.customer.invoices.viewUnpaid>, Call<Invoice[] | NoUnpaidInvoices>>();
same<ReturnType<typeof combahton.kvm.server.reinstall>, JobCall<StatusAnswer, KvmServer, KvmServer>>();
const server: KvmServer = await combahton.kvm.server.wait({ id: "12" });
server.status.length;
// @ts-expect-error an IPv4 address goes here, not a list
combahton.kvm.server.vnc({ id: "12", source: ["192.0.2.1"] });
// @ts-expect-error the client fills in the command
combahton.kvm.server.start({ id: "12", command: "start" });
// Numbers and their texts, as answers have them, and checks that the provider may add.
combahton.customer.contract.view({ id: 603000 });
combahton.kvm.server.reinstall({ id: server.contract, template: 1 });
combahton.kvm.server.reinstallTemplates();
combahton.antiddos.layer7.add({ domain: "example.com", protector: "puzzle" });
// @ts-expect-error a check has a name
combahton.antiddos.layer7.add({ domain: "example.com", protector: 1 });
