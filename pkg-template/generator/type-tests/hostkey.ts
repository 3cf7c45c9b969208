import type { FileAnswer, JobCall } from "hostwire";
import { type AsyncAnswer, type CallbackAnswer, Hostkey, type NetStatusResult } from "hostwire/hostkey";
import type { operations } from "hostwire/hostkey/operations";
import { same } from "./equal.js";

const tokens = new Map<string, string>();
const hostkey = new Hostkey({ apiKey: "key", pin: 1907, tokenStore: tokens });
new Hostkey({ token: "token" });
new Hostkey({
  apiKey: "key",
  tokenStore: {
    get: async (key) => tokens.get(key) ?? null,
    set: async (key, value, ttlSeconds) => void (ttlSeconds > 0 && tokens.set(key, value)),
    delete: async (key) => void tokens.delete(key),
  },
});
// @ts-expect-error one or the other
new Hostkey({ apiKey: "key", token: "token" });
// @ts-expect-error neither
new Hostkey({ pin: 1907 });
// @ts-expect-error a number
new Hostkey({ apiKey: "key", pin: "1907" });
// @ts-expect-error nothing to forget tokens with
new Hostkey({ apiKey: "key", tokenStore: { get: () => null, set: () => null } });

const reboot = hostkey.eq.reboot({ id: 34533, pin: 1907 });
same<typeof reboot, JobCall<AsyncAnswer, CallbackAnswer, CallbackAnswer>>();
// The client may have the PIN.
hostkey.eq.reboot({ id: 34533 });
// @ts-expect-error the server is missing
hostkey.eq.reboot({ pin: 1907 });
// @ts-expect-error the client fills in the action
hostkey.eq.reboot({ id: 34533, pin: 1907, action: "reboot" });
// @ts-expect-error the client fills in the second PIN
hostkey.eq.checkPin({ old_pin: 1907, pin: 1907 });
same<ReturnType<typeof hostkey.net.getStatus>, JobCall<AsyncAnswer, NetStatusResult, CallbackAnswer>>();
same<Awaited<ReturnType<typeof hostkey.whmcs.downloadInvoice>>, FileAnswer>();
const callback: CallbackAnswer = await hostkey.eqCallback.wait({ key: "key" });
callback.result.length;
// @ts-expect-error not the one that jobs are followed by
hostkey.natCallback.wait({ key: "key" });
// @ts-expect-error in a nested object
hostkey.apiKeys.view({ params: { key: 1 } });
hostkey.prepare("eq.show", { id: 1 });
same<(typeof operations)[number]["effect"], "read" | "write" | "destroy" | "purchase">();
