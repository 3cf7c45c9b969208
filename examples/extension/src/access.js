/**
 * What Chrome calls the addresses that an account needs access to. Such a pattern has no port.
 *
 * @param {{ addresses: readonly string[] }} provider
 * @param {string} baseUrl empty for the provider's own
 */
export function patternOf({ addresses }, baseUrl) {
  const { protocol, hostname } = new URL(baseUrl || (addresses[0] ?? ""));
  return `${protocol}//${hostname}/*`;
}
