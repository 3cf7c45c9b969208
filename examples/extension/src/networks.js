// IPv4 networks, as reverse DNS needs them.

/** @param {string} ip */
const numberOf = (ip) => ip.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);

/** @param {string} text */
export const isIpv4 = (text) =>
  /^\d{1,3}(\.\d{1,3}){3}$/.test(text) && text.split(".").every((part) => Number(part) < 256);

/**
 * @param {{ ip?: string, mask_short?: string }} network its mask such as "/29"
 * @param {string} ip
 */
export function containsIp({ ip: start, mask_short }, ip) {
  if (!start || !mask_short || !isIpv4(start) || !isIpv4(ip)) return false;
  const size = 2 ** (32 - Number(mask_short.replace("/", "")));
  return Math.floor(numberOf(start) / size) === Math.floor(numberOf(ip) / size);
}

/**
 * The reverse zone of the size of a class C network that an address is in, and its place there.
 *
 * @param {string} ip
 */
export function subclassOf(ip) {
  if (!isIpv4(ip)) return undefined;
  const [a, b, c, origin = ""] = ip.split(".");
  return { name: `${c}.${b}.${a}.in-addr.arpa`, origin };
}
