/** Drives a call: Rust says what to do (src/call), and what came of it. */
import { type Core, loadCore, presentCore } from "./core.js";
import type { CoreClient, Task } from "./glue.js";
import { CallScope, type Outcome, type Watch } from "./platform/scope.js";
import type { Session } from "./session.js";

/** Runs a call that `start` begins, to its end. */
export async function run(
  session: Session,
  watch: Watch | undefined,
  start: (client: CoreClient, scope: CallScope) => Task,
): Promise<Outcome> {
  const scope = new CallScope(session, watch);
  let task: Task | undefined;
  try {
    scope.throwIfEnded();
    const core: Core = presentCore() ?? (await scope.unlessEnded(loadCore()));
    scope.enter(core);
    const begun = core.enter(() => start(session.clientIn(core), scope), scope);
    task = begun;
    const poll = () => {
      scope.sleepNext();
      return core.enter(() => begun.poll(), scope);
    };
    while (!poll()) {
      await scope.awake();
      scope.throwIfEnded();
    }
    return scope.result();
  } finally {
    scope.leave(() => task?.free());
  }
}
