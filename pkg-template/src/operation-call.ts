/** A call of an operation, with what it was given as it was then: what is done to it later does not count. */
import { InputError } from "./errors.js";
import { checkCallOptions } from "./options.js";
import { writeParams } from "./params.js";
import type { Outcome, Watch } from "./platform/scope.js";
import type { Operation } from "./provider.js";
import { run } from "./run.js";
import type { Session } from "./session.js";
import type { CallOptions } from "./types.js";

/** A call that can be made, again and again. */
export interface OperationCall {
  readonly session: Session;
  readonly operation: Operation;
  /** The params as JSON. */
  readonly params: string;
  readonly options: WrittenOptions | undefined;
}

/** @throws {InputError} where params or options are of no use at all; the rest Rust checks */
export function makeCall(
  session: Session,
  operation: Operation,
  params: unknown,
  options: unknown,
): OperationCall {
  return inputOf({ provider: session.provider.name, operation: operation.name }, () => {
    const written = writeOptions(options);
    if (session.options.proxy && written?.extraJson) {
      throw new InputError([{ path: "options.extra", message: "is not passed on by a proxy" }]);
    }
    return { session, operation, params: writeParams(params, "params"), options: written };
  });
}

export const runCall = ({ session, operation, params, options }: OperationCall): Promise<Outcome> =>
  run(session, options, (client, scope) => client.call(scope, operation.index, params, options));

/** Options of one call: `HostCallOptions` in src/platform/js/host.rs. */
interface WrittenOptions extends Watch {
  timeoutMs: number | undefined;
  maxRetries: number | undefined;
  /** Names and values in turn. */
  headerList: string[];
  extraJson: string;
}

/** @throws {InputError} */
export function writeOptions(options: unknown): WrittenOptions | undefined {
  if (options === undefined) return undefined;
  checkCallOptions(options);
  const { signal, timeoutMs, maxRetries, headers = {}, extra } = options as CallOptions;
  return {
    signal,
    timeoutMs,
    maxRetries,
    headerList: Object.entries(headers).flat(),
    extraJson: extra ? writeParams(extra, "extra") : "",
  };
}

/** Has an input error say what it was given to. */
export function inputOf<T>(given: { provider: string; operation?: string }, check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (error instanceof InputError) throw new InputError(error.issues, given);
    throw error;
  }
}
