// What names and addresses look like.

const LABEL = "[\\p{L}\\p{N}]([\\p{L}\\p{N}-]{0,61}[\\p{L}\\p{N}])?";
const HOSTNAME = new RegExp(`^(${LABEL}\\.)+${LABEL}$`, "u");

/** @param {string} text */
export const isHostname = (text) => text.length <= 253 && HOSTNAME.test(text);

/** @param {string} text */
export const isEmailAddress = (text) => {
  const [local = "", domain = "", more] = text.split("@");
  return more === undefined && /^[^\s@<>()[\],;:\\"]{1,64}$/.test(local) && isHostname(domain);
};

/** @param {string} address */
export const domainOf = (address) => address.split("@")[1] ?? "";
