// Who may do what. This is the file to change.

import type { Rules } from "hostwire/proxy";

export type Role = "dashboard" | "dnsEditor";

export interface Caller {
  /** Names the caller in the log, and counts its calls. */
  id: string;
  role: Role;
}

/** What a caller may do in how many seconds, as wrangler.jsonc has it for LIMITER. */
export const RATE = { limit: 120, windowSeconds: 60 };

/** What is not opened here is closed, and of operations that come with a newer hostwire everything but reading. */
export function rulesFor({ role }: Caller, zone: string): Rules {
  // Of every call, so that no other domain name's records can be reached by it.
  const params = { domain_name: zone };
  switch (role) {
    case "dashboard":
      // A star covers what only reads. Passwords and other secrets in answers are "***"; a rule that may have them
      // says so: { operation: "mailboxes.get", secrets: true }.
      return { combell: ["*"], hostkey: ["*"] };
    case "dnsEditor":
      return {
        combell: [
          { operation: "dnsRecords.*", params },
          // What changes something has to be named, one by one.
          { operation: "dnsRecords.create", params },
          { operation: "dnsRecords.update", params },
          { operation: "dnsRecords.delete", params },
        ],
      };
  }
}
