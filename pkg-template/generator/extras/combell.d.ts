/** What is to be signed. */
export interface CombellSignatureInput {
  /** API key. Secret. */
  apiKey: string;
  /** API secret that belongs to the key. Secret. */
  apiSecret: string;
  /** HTTP method. */
  method: string;
  /** Path and query exactly as they are sent, from `/v2` on. */
  path: string;
  /** Body exactly as it is sent. */
  body?: string;
  /** Unix time in whole seconds. Default: now. */
  timestamp?: number;
  /** Text that is new for each request, without a colon. Default: random. */
  nonce?: string;
  /**
   * How path and query are read: as the provider documents it, or as its own PHP client does. The two
   * differ where there are capitals or percent signs. Default: `document`.
   */
  reading?: "document" | "client";
}

/**
 * The value of the `Authorization` header, for people who bring their own transport. A nonce is for one
 * request: sign again to send again. Rejects with an InputError where something is missing or of no use.
 */
export declare function signCombell(request: CombellSignatureInput): Promise<string>;
