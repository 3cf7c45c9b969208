/** Taking a client's secrets out of what others are shown: the proxy's part. */
import { loadCore, presentCore } from "./core.js";
import type { OperationCall } from "./operation-call.js";
import { CallScope } from "./platform/scope.js";
import type { Session } from "./session.js";

/** Something that takes a client's credentials and tokens out of texts, but for those shorter than `shortest`. */
export async function redactorOf(session: Session, shortest: number): Promise<(text: string) => string> {
  const core = presentCore() ?? (await loadCore());
  return (text) => core.enter(() => session.clientIn(core).redact(text, shortest));
}

/** The params of a call without its secrets; nothing where they are wrong, because then nobody can tell which. */
export async function redactedParams({ session, operation, params }: OperationCall): Promise<unknown> {
  const core = presentCore() ?? (await loadCore());
  const scope = new CallScope(session);
  const text = core.enter(() => session.clientIn(core).redactParams(scope, operation.index, params));
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    // A secret was part of a number.
    return text;
  }
}
