/**
 * What a provider's client knows besides its operations: how it gets a token, and how it tells success
 * from failure. The facts are those of `x-auth` and `x-envelope`, without the words for people.
 */

/** @typedef {import("./spec.mjs").Document} Document */

/**
 * @param {Document} document
 * @param {import("./credentials.mjs").Constructor} client
 */
export function makeRules(document, client) {
  const auth = document["x-auth"] ?? {};
  const envelope = document["x-envelope"] ?? {};
  const operation = auth.login?.operation ?? auth.token_operation;
  const told = auth.login ?? auth;
  return {
    ...(operation && {
      login: {
        operation,
        params: auth.login?.params ?? (auth.scope ? { scope: auth.scope } : {}),
        credentials: client.login ?? {},
        token: told.token,
        ...(told.expires && { expires: told.expires }),
        ...(told.expires_in && { expiresIn: told.expires_in }),
        ...(told.lifetime && { lifetime: told.lifetime }),
      },
    }),
    // A provider that tells failures by the status alone is not looked into when it answers 200.
    ...(!envelope.statuses && !envelope.success?.statuses && probing(auth, envelope)),
    ...(envelope.malformedJson && { repairJson: true }),
    ...(envelope.mediaType === "any" && { anyMediaType: true }),
  };
}

/** What of an envelope the core reads: src/providers. */
const READ = ["success", "pending", "failures", "flag"];

/**
 * @param {NonNullable<Document["x-auth"]>} auth
 * @param {NonNullable<Document["x-envelope"]>} envelope
 */
function probing(auth, envelope) {
  const read = Object.entries(envelope).filter(([key]) => READ.includes(key));
  return {
    probe: firstSteps(envelope),
    rules: { expired: auth.expired?.messages ?? [], envelope: Object.fromEntries(read) },
  };
}

/**
 * The fields that the pointers of an envelope lead to or through.
 * @param {unknown} value
 * @returns {string[]}
 */
function firstSteps(value) {
  const found = new Set(
    JSON.stringify(value)
      .match(/"\/\w+/g)
      ?.map((pointer) => pointer.slice(2)) ?? [],
  );
  return [...found];
}
