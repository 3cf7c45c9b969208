// Which addresses an account needs access to.

const LOCAL = ["http://localhost/*", "http://127.0.0.1/*"];

/**
 * @param {{ addresses: readonly string[] }} provider
 * @param {{ baseUrl: string, proxy?: { url: string } }} account its address is empty for the provider's own
 */
export const addressOf = ({ addresses }, { baseUrl, proxy }) => proxy?.url || baseUrl || (addresses[0] ?? "");

/**
 * What Chrome calls an address. Such a pattern has no port.
 *
 * @param {string} address
 */
export function patternOf(address) {
  const { protocol, hostname } = new URL(address);
  return `${protocol}//${hostname}/*`;
}

/**
 * Whether an account may be at this address. Credentials go to their provider, or to a sandbox on this computer. A
 * proxy can be anywhere, but not where everybody on the way can read the token.
 *
 * @param {{ addresses: readonly string[] }} provider
 * @param {{ baseUrl: string, proxy?: { url: string } }} account
 */
export function isUsable(provider, account) {
  const address = addressOf(provider, account);
  if (!URL.canParse(address)) return false;
  const pattern = patternOf(address);
  if (LOCAL.includes(pattern)) return true;
  return account.proxy ? pattern.startsWith("https://") : provider.addresses.map(patternOf).includes(pattern);
}
