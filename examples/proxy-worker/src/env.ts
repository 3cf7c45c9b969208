/**
 * What wrangler.jsonc and `wrangler secret put` give to the Worker. `npx wrangler types` would write such a file
 * too, with everything that the bindings can do; here is what is used.
 */
export interface Env {
  ZONE: string;
  PAGE_ORIGIN: string;
  ACCESS_TEAM: string;
  ACCESS_AUDIENCE: string;
  COMBELL_API_KEY: string;
  COMBELL_API_SECRET: string;
  HOSTKEY_API_KEY: string;
  DASHBOARD_TOKEN: string;
  DNS_EDITOR_TOKEN: string;
  TOKENS: {
    get(key: string): Promise<string | null>;
    put(key: string, value: string, options: { expirationTtl: number }): Promise<void>;
    delete(key: string): Promise<void>;
  };
  LIMITER: { limit(options: { key: string }): Promise<{ success: boolean }> };
  /** Other addresses in place of the providers' own, for trying it out. */
  COMBELL_BASE_URL?: string;
  HOSTKEY_BASE_URL?: string;
}
