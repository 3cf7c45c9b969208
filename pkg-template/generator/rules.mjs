/**
 * What a provider's client knows besides its operations: how it gets a token, and the rules that the
 * core follows (src/providers/rules.rs). The facts are those of `x-auth`, `x-hints` and `x-envelope`,
 * without the words for people.
 */

/** @typedef {import("./spec.mjs").Document} Document */
/** @typedef {import("./document.d.ts").Envelope} Envelope */
/** @typedef {import("./credentials.mjs").Constructor} Constructor */

/**
 * @param {Document} document
 * @param {Constructor} client
 */
export function makeRules(document, client) {
  const auth = document["x-auth"] ?? {};
  const envelope = document["x-envelope"] ?? {};
  // A provider that tells failures by the status alone is not looked into when it answers 200.
  const probe = envelope.statuses || envelope.success?.statuses ? undefined : firstSteps(envelope);
  return {
    ...login(auth, client),
    ...((auth.fields || auth.field) && { bodies: isForm(document) ? "form" : "json" }),
    ...(probe && { probe }),
    secrets: [...client.alternatives.flat().filter((name) => !client.open?.includes(name)), ...client.fills],
    title: client.title,
    hints: hints(document["x-hints"]),
    ...(envelope.challenge && { challenge: pick(envelope.challenge, ["sign", "cookie", "pattern"]) }),
    rules: {
      ...credentialRules(auth, client),
      ...pointers(envelope),
      ...(auth.expired && { expired: auth.expired.messages }),
      ...(envelope.failure?.kinds && { kinds: envelope.failure.kinds }),
      ...(envelope.failure?.numberCode && { numberCode: values(envelope.failure.numberCode) }),
      ...(probe && { envelope: pick(envelope, ["success", "pending", "failures", "flag"]) }),
    },
  };
}

/**
 * What to do about an error: what is known for certain words comes before what is true of its whole class.
 * @param {Document["x-hints"]} hints
 */
function hints({ special = [], ...general } = {}) {
  return [...special, ...Object.entries(general).map(([kind, hint]) => ({ kind, hint }))];
}

/**
 * Parts of the runtime that only some providers need; the others' bundles go without them.
 * @param {Document} document
 * @returns {string[]} names, which are also those in ProviderData
 */
export function neededParts(document) {
  const { login, token_operation } = document["x-auth"] ?? {};
  const { malformedJson, filesInJson } = document["x-envelope"] ?? {};
  return [
    ...(login || token_operation ? ["TokenKeeper"] : []),
    ...(malformedJson ? ["repairJson"] : []),
    ...(filesInJson ? ["findFile"] : []),
  ];
}

/**
 * @param {NonNullable<Document["x-auth"]>} auth
 * @param {Constructor} client
 */
function login(auth, client) {
  const operation = auth.login?.operation ?? auth.token_operation;
  if (!operation) return {};
  const { token, expires, expires_in: expiresIn, lifetime } = auth.login ?? auth;
  const params = auth.login?.params ?? (auth.scope ? { scope: auth.scope } : {});
  return {
    login: {
      operation,
      params,
      credentials: client.login ?? {},
      token: values(token),
      expires: values(expires),
      expiresIn: values(expiresIn),
      ...(lifetime && { lifetime }),
    },
  };
}

/**
 * Where credentials go.
 * @param {NonNullable<Document["x-auth"]>} auth
 * @param {Constructor} client
 */
function credentialRules(auth, client) {
  const [names = []] = client.alternatives;
  const inBody = auth.fields?.map((field, index) => [field, names[index]]) ?? [];
  // For the operation that gets a token, and for no other.
  const forToken =
    auth.credentials?.map(({ name }, index) => [name, names[index], auth.token_operation]) ?? [];
  const fields = [...inBody, ...forToken];
  return {
    ...(fields.length > 0 && { fields }),
    ...(auth.field && { token: auth.field }),
  };
}

/**
 * Where an error's code, its words and the faults of the input are.
 * @param {Envelope} envelope
 */
function pointers({ error, failure, status }) {
  const shapes = failure?.shapes ?? [failure ?? {}, error ?? {}];
  /** @param {("code" | "message" | "detail" | "details" | "issues")[]} keys */
  const told = (...keys) =>
    shapes
      .flatMap((shape) => keys.flatMap((key) => values(shape[key])))
      .filter((text) => text.startsWith("/"));
  const code = told("code");
  return {
    code: code.length > 0 || !status ? code : [status],
    message: told("detail", "message"),
    issues: told("issues", "details"),
  };
}

/**
 * The texts of a pointer, a list of them, or one for each language: English first.
 * @param {string | string[] | { en: string } | undefined} told
 * @returns {string[]}
 */
function values(told) {
  if (told === undefined) return [];
  if (typeof told === "string") return [told];
  if (Array.isArray(told)) return told;
  const { en, ...others } = told;
  return [en, ...Object.values(others)];
}

/**
 * Whether a provider takes forms; none takes forms and JSON.
 * @param {Document} document
 */
const isForm = (document) => JSON.stringify(document.paths).includes('"application/x-www-form-urlencoded"');

/**
 * The fields that the pointers of an envelope lead to or through.
 * @param {unknown} value
 * @returns {string[]}
 */
function firstSteps(value) {
  return [
    ...new Set(
      JSON.stringify(value)
        .match(/"\/\w+/g)
        ?.map((pointer) => pointer.slice(2)) ?? [],
    ),
  ];
}

/**
 * @param {object} from
 * @param {string[]} keys
 */
const pick = (from, keys) => Object.fromEntries(Object.entries(from).filter(([key]) => keys.includes(key)));
