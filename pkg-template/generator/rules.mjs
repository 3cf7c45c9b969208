/**
 * What is known of a provider besides its operations: how it gets a token, and how it says no (src/rules.rs).
 * The facts are those of `x-auth`, `x-hints` and `x-envelope`, without the words for people.
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
  const looksInside = !envelope.statuses && !envelope.success?.statuses;
  return {
    title: client.title,
    ...login(auth, client),
    ...(client.token && { tokenOption: client.token }),
    ...((auth.fields || auth.field) && { bodies: isForm(document) ? "form" : "json" }),
    secrets: [...client.alternatives.flat().filter((name) => !client.open?.includes(name)), ...client.fills],
    ...(document["x-hints"] && { hints: document["x-hints"] }),
    ...credentialRules(auth, client),
    ...pointers(envelope),
    ...(auth.expired && { expired: auth.expired.messages }),
    ...(looksInside && { envelope: pick(envelope, ["success", "pending", "failures", "flag"]) }),
    ...(envelope.malformedJson && { malformedJson: true }),
    ...(envelope.filesInJson && { filesInJson: true }),
  };
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
      token,
      ...(expires && { expires }),
      ...(expiresIn && { expiresIn }),
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
 * @param {object} from
 * @param {string[]} keys
 */
const pick = (from, keys) => Object.fromEntries(Object.entries(from).filter(([key]) => keys.includes(key)));
