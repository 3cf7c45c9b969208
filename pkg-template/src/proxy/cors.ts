/** Which web pages may call, and what browsers are told of it. */
import { InputError, type Issue } from "../runtime.js";
import type { Cors } from "./types.js";
import { ID_HEADER, META_HEADER, RETRIES_HEADER } from "./wire.js";

const EXPOSED = `${META_HEADER}, retry-after, content-disposition`;

/** @throws {InputError} where an origin would never match, or match too much */
export function checkCors(cors: Cors | undefined): void {
  if (cors === undefined) return;
  const issues: Issue[] = [];
  if (!Array.isArray(cors.origins))
    issues.push({ path: "cors.origins", message: "must be an array of origins" });
  else {
    for (const [index, origin] of cors.origins.entries()) {
      if (typeof origin === "string" && /^[a-z][a-z0-9+.-]*:\/\/[^/*?#\s]+$/.test(origin)) continue;
      const message = "must be an origin like https://app.example.com, without a path and without *";
      issues.push({ path: `cors.origins[${index}]`, message });
    }
  }
  for (const [index, name] of (cors.headers ?? []).entries()) {
    if (/^[\w-]+$/.test(name)) continue;
    issues.push({ path: `cors.headers[${index}]`, message: "must be a header's name" });
  }
  // "false" from an environment is text, which counts as true.
  if (cors.credentials !== undefined && typeof cors.credentials !== "boolean") {
    issues.push({ path: "cors.credentials", message: "must be true or false" });
  }
  if (issues.length > 0) throw new InputError(issues);
}

/** Whether a request may come from where it says it comes from; those that are not from browsers say nothing. */
export function isOriginOpen(request: Request, cors: Cors | undefined): boolean {
  const origin = request.headers.get("origin");
  if (origin === null || cors?.origins.includes(origin)) return true;
  return origin === new URL(request.url).origin;
}

/** The headers that let a listed origin's page read the answer. Caches must keep answers for origins apart. */
export function corsHeaders(request: Request, cors: Cors | undefined): Record<string, string> {
  const origin = request.headers.get("origin");
  if (origin === null || !cors?.origins.includes(origin)) return { vary: "origin" };
  return {
    vary: "origin",
    "access-control-allow-origin": origin,
    "access-control-expose-headers": EXPOSED,
    ...(cors.credentials && { "access-control-allow-credentials": "true" }),
  };
}

/** The answer to a preflight. For others than the listed origins it allows nothing. */
export function preflight(request: Request, cors: Cors | undefined): Response {
  const headers = corsHeaders(request, cors);
  if (cors && headers["access-control-allow-origin"]) {
    const allowed = ["content-type", RETRIES_HEADER, ID_HEADER, ...(cors.headers ?? ["authorization"])];
    headers["access-control-allow-methods"] = "POST";
    headers["access-control-allow-headers"] = allowed.join(", ");
    headers["access-control-max-age"] = String(cors.maxAgeSeconds ?? 600);
  }
  return new Response(null, { status: 204, headers });
}
