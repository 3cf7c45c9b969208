/** A request of the caller's own, to an endpoint that the spec lacks: an operation made up for it. */
import type { Connection } from "./connection.js";
import { InputError, type Issue } from "./errors.js";
import { Exchange } from "./operation.js";
import { checkCallOptions } from "./options.js";
import { nameOf, writeParams } from "./params.js";
import { readLine } from "./provider.js";
import { refuseProxied } from "./proxied.js";
import type { CallOptions, RequestDescription } from "./types.js";

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];
const EFFECTS = { read: "r", write: "w", destroy: "d", purchase: "p" };
const HIDDEN = { t: "sinb", x: true };
/** No query parameter is called so, which would be in the way. */
const BODY = "\u0001body";

/** @throws {InputError} with everything that is wrong with the description */
export function customExchange(connection: Connection, given: unknown, options: unknown): Exchange {
  const details = { provider: connection.provider.name, operation: "request" };
  refuseProxied(connection);
  if (typeof given !== "object" || given === null) {
    const message = `request must be an object, not ${nameOf(given)}`;
    throw new InputError([{ path: "", message }], details);
  }
  const {
    method,
    path,
    query = {},
    form,
    json,
    effect,
    ...unknown
  } = withBody(connection, given as RequestDescription);
  const issues: Issue[] = Object.keys(unknown).map((path) => ({ path, message: "is not known" }));
  const say = (path: string, message: string | false | undefined) =>
    message && issues.push({ path, message });
  const reads = method === "GET" || method === "HEAD";
  say("method", !METHODS.includes(method) && `must be one of ${METHODS.join(", ")}`);
  say("path", pathFault(path));
  say("query", (typeof query !== "object" || query === null || Array.isArray(query)) && "must be an object");
  say("form", form !== undefined && json !== undefined && "must not be given together with json");
  say(
    "method",
    reads && (form !== undefined || json !== undefined) && "must not be GET or HEAD where there is a body",
  );
  say(
    "effect",
    (effect === undefined ? !reads : !Object.hasOwn(EFFECTS, effect)) &&
      `must be one of ${Object.keys(EFFECTS).join(", ")}`,
  );
  try {
    checkCallOptions(options);
    say("options.extra", (options as CallOptions)?.extra !== undefined && "is not for requests of your own");
  } catch (error) {
    issues.push(...(error as InputError).issues);
  }
  if (issues.length > 0) throw new InputError(issues, details);

  const body = form === undefined ? json : form;
  const kind = form === undefined ? "json" : "form";
  const line = readLine(
    JSON.stringify([
      details.operation,
      `${method} ${path}`,
      EFFECTS[effect ?? "read"],
      // For all that is known any of them is secret, so none is shown.
      Object.fromEntries(
        Object.entries(query).map(([name, value]) => [name, Array.isArray(value) ? { a: HIDDEN } : HIDDEN]),
      ),
      body === undefined ? 0 : "*",
      { a: {}, b: BODY, ...(form !== undefined && { f: "form" }) },
    ]),
  );
  const params = writeParams({ ...query, ...(body !== undefined && { [BODY]: body }) }, "request");
  const rename = (path: string) => (path.startsWith(BODY) ? path.replace(BODY, kind) : `query.${path}`);
  return new Exchange(connection, line, params, options as CallOptions | undefined, rename);
}

/** Where credentials go out in the body, there is one, if it holds nothing else. */
function withBody({ provider }: Connection, given: RequestDescription): RequestDescription {
  const { method, form, json } = given;
  const needed =
    provider.bodies && method !== "GET" && method !== "HEAD" && form === undefined && json === undefined;
  return needed ? { ...given, [provider.bodies as string]: {} } : given;
}

/** A path stays where it is under the base URL, and is sent as it is written. */
function pathFault(path: unknown): string | undefined {
  if (typeof path !== "string" || !/^\/(?!\/)/.test(path)) return "must start with one /";
  if (/[?#\\{}]/.test(path)) return "must have no ?, #, \\, { or }; pass the query as query";
  if (!/^[!$&-;=@-_a-~%]*$/.test(path)) return "must be percent-encoded where it has other characters";
  if (/%(?![0-9a-f]{2})/i.test(path)) return "has a % that is not followed by two hex digits";
  const dots = path.split("/").some((part) => /^(\.|%2e){1,2}$/i.test(part));
  return dots ? "must have no . or .. segments" : undefined;
}
