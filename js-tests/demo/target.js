// Where a tour goes: to a sandbox, or to the provider where the environment has credentials for it.

/**
 * @typedef {object} Live
 * @property {Record<string, string>} credentials
 * @property {string | undefined} baseUrl
 */

/**
 * @param {import("./tour.js").Tour} tour
 * @param {Record<string, string | undefined>} env
 * @returns {Live | undefined} undefined: a sandbox
 */
export function liveTarget({ title, credentials, baseUrl }, env) {
  const wanted = Object.values(credentials);
  const given = [...wanted, baseUrl].filter((variable) => env[variable]);
  if (given.length === 0) return undefined;
  const missing = wanted.filter((variable) => !env[variable]);
  // Whoever has set one of them does not want the sandbox.
  if (missing.length > 0) {
    throw new Error(
      `Set: ${given.join(", ")}. Not set: ${missing.join(", ")}. The demo needs ${wanted.join(" and ")} ` +
        `for ${title}'s own API, or none of them for a sandbox.`,
    );
  }
  const values = Object.entries(credentials).map(([option, variable]) => [option, env[variable] ?? ""]);
  return { credentials: Object.fromEntries(values), baseUrl: env[baseUrl] || undefined };
}
