/** The client's class, its options and the map of its operations. */
import { comment, sentence, spaced } from "./doc.mjs";
import { declareMember } from "./resources.mjs";

/** @typedef {import("../spec.mjs").Spec} Spec */
/** @typedef {import("../credentials.mjs").Constructor} Constructor */
/** @typedef {import("./answers.mjs").Answers} Answers */
/** @typedef {import("./params.mjs").Params} Params */
/** @typedef {import("./resources.mjs").Resource} Resource */

/** Names of the types that this file declares. */
export const clientTypes = (/** @type {string} */ className) => ({
  options: `${className}Options`,
  credentials: `${className}Credentials`,
  operations: `${className}Operations`,
});

/**
 * @param {Constructor} constructor
 * @param {Spec["document"]["servers"]} servers
 */
export function declareOptions(
  { className, alternatives, credentials, options, open = [], numbers = [] },
  servers,
) {
  const names = clientTypes(className);
  const way = (/** @type {string[]} */ given) => {
    const lines = Object.entries(credentials).map(([name, description]) => {
      if (!given.includes(name)) return `      ${name}?: undefined;\n`;
      const told = open.includes(name) ? description : `${description} Secret.`;
      return `${comment([told], "      ")}      ${name}: ${numbers.includes(name) ? "string | number" : "string"};\n`;
    });
    return `  | {\n${lines.join("")}      proxy?: undefined;\n    }`;
  };
  const proxied = [...Object.keys(credentials), ...Object.keys(options), "baseUrl"];
  const proxy = `  | {
      /** The proxy that has the credentials. */
      proxy: ProxyTarget;
${proxied.map((name) => `      ${name}?: undefined;\n`).join("")}    }`;
  const own = { baseUrl: { type: "string", description: addresses(servers) }, ...options };
  const further = Object.entries(own).map(
    ([name, { type, description }]) => `${comment([description].flat(), "  ")}  ${name}?: ${type};\n`,
  );
  const about = `Who calls: ${alternatives.map((way) => way.map((name) => `\`${name}\``).join(" and ")).join(", or ")}; or a proxy.`;
  return [
    `${comment([about])}export type ${names.credentials} =\n${alternatives.map(way).join("\n")}\n${proxy};`,
    `${comment([`What \`new ${className}\` takes.`])}export type ${names.options} = ClientOptions & ${names.credentials} & {\n${further.join("")}};`,
  ];
}

/**
 * Where a provider can be reached: the address that is used unless another is given, and its others.
 * @param {Spec["document"]["servers"]} servers
 * @returns {string[]}
 */
function addresses([own, ...others]) {
  const item = (/** @type {{ url: string, description?: string }} */ { url, description }) =>
    description ? `\`${url}\`: ${sentence(description)}` : `\`${url}\`.`;
  if (others.length === 0) return [`Default: ${item(own)}`];
  return [
    "The provider's own addresses, the first of which is the default:",
    ...[own, ...others].map((server) => `- ${item(server)}`),
  ];
}

/**
 * The operations by name, for `prepare`.
 * @param {Spec} spec
 * @param {string} className
 * @param {Answers} answers
 * @param {Params} params
 */
export function declareOperations(spec, className, answers, params) {
  const entries = spec.operations.map(
    (operation) =>
      `  "${operation.name}": { params: ${params.type(operation)}; answer: ${answers.awaited(operation)} };\n`,
  );
  const about = "Every operation by name: what it takes, and what awaiting its call gives.";
  return `${comment([about])}export interface ${clientTypes(className).operations} {\n${entries.join("")}}`;
}

/**
 * @param {Spec} spec
 * @param {Constructor} constructor
 * @param {Resource[]} resources
 */
export function declareClass(spec, { className }, resources) {
  const { options, operations } = clientTypes(className);
  const about = [
    `Client of the ${spec.title}. ${spec.document.info.description ?? ""}`.trim(),
    "Making one sends nothing: the first call loads what it needs.",
  ];
  return `${comment(spaced(about))}export declare class ${className} {
${comment(["Throws an InputError where an option is unknown, missing or of no use."], "  ")}  constructor(options: ${options});
${resources.map(declareMember).join("")}${comment(PREPARE, "  ")}  prepare<Name extends keyof ${operations}>(
    name: Name,
    ...rest: {} extends ${operations}[Name]["params"]
      ? [params?: ${operations}[Name]["params"], options?: Pick<CallOptions, "headers" | "extra">]
      : [params: ${operations}[Name]["params"], options?: Pick<CallOptions, "headers" | "extra">]
  ): Promise<Request>;
${comment(REQUEST, "  ")}  request<T = unknown>(description: RequestDescription, options?: Omit<CallOptions, "extra">): Call<T>;
}`;
}

const PREPARE = [
  "The request of an operation with its credentials, not sent.",
  "@param name name of the operation, such as `accounts.list`",
  "@param rest what the operation takes, and options of the request",
];

const REQUEST = [
  "Calls an endpoint that this package does not know, with the same authentication, retries and errors.",
  "@param description what to send",
];
