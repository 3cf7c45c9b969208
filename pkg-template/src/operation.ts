/** A call of an operation. */
import type { Connection } from "./connection.js";
import { type Core, inCore } from "./core.js";
import { InputError, type Issue } from "./errors.js";
import type { GlueClient } from "./glue.js";
import { mask } from "./mask.js";
import { checkCallOptions } from "./options.js";
import { writeParams } from "./params.js";
import { valueAt } from "./pointer.js";
import type { OperationLine } from "./provider.js";
import { Content, type Received } from "./send.js";
import type { CallOptions } from "./types.js";

const NO_OPTIONS: CallOptions = Object.freeze({});

/** A call with its params as they were given: what is done to them later does not count. */
export class Exchange {
  readonly #extra: string;
  readonly #tokens = new Set<string>();
  /** The call that started the job which this one asks about; its secrets are not shown either. */
  #startedBy: Exchange | undefined;

  constructor(
    readonly connection: Connection,
    readonly line: OperationLine,
    /** The params as JSON. */
    readonly params: string,
    readonly options: CallOptions = NO_OPTIONS,
    /** The name that a param goes by among callers. */
    readonly rename: (path: string) => string = (path) => path,
  ) {
    this.#extra = options.extra ? writeParams(options.extra, "extra") : "";
  }

  /** @throws {InputError} where params or options are of no use at all; the rest the core checks */
  static of(
    connection: Connection,
    line: OperationLine,
    params: unknown,
    options: unknown,
    startedBy?: Exchange,
  ): Exchange {
    try {
      checkCallOptions(options);
      if (connection.options.proxy && (options as CallOptions)?.extra) {
        throw new InputError([{ path: "options.extra", message: "is not passed on by a proxy" }]);
      }
      const exchange = new Exchange(connection, line, writeParams(params, "params"), options as CallOptions);
      exchange.#startedBy = startedBy;
      return exchange;
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      throw new InputError(error.issues, { provider: connection.provider.name, operation: line.name });
    }
  }

  /** A fault of the params as the caller knows it. */
  readonly named = (issue: Issue): Issue => ({ ...issue, path: this.rename(issue.path) });

  /** The same call for other params. */
  withParams(params: string): Exchange {
    return new Exchange(this.connection, this.line, params, this.options);
  }

  descriptor(core: Core) {
    return inCore(core, () => this.connection.descriptor(core, this.line));
  }

  /** Writes the request; each attempt is signed afresh. */
  write(core: Core, client: GlueClient, seconds: string, nonce: string, way: number): string {
    return client.request(this.descriptor(core), this.params, this.#extra, `${nonce}:${seconds}`, way);
  }

  /** Milliseconds until the next attempt; below 0 there is none. `status` is 0 where no answer came. */
  retryDelay(core: Core, status: number, made: number, most: number, asked: number | undefined): number {
    return inCore(core, () =>
      this.descriptor(core).retryDelay(status, made, most, asked ?? Number.NaN, Math.random()),
    );
  }

  /** Judges an answer: see Client::judge in src/boundary.rs. Data stays here; errors are looked into. */
  judge(core: Core, client: GlueClient, { status, headers, content, data, text }: Received): string {
    const hasLocation = headers.has("location");
    const [, pointer] = this.line.paging ?? [];
    const isFailed = status >= 400;
    const { probe } = this.connection.provider;
    const lacksList =
      !isFailed &&
      content === Content.json &&
      pointer !== undefined &&
      !Array.isArray(valueAt(data, pointer));
    const judged = lacksList ? Content.noList : content;
    let told = "";
    if (isFailed || content === Content.html) told = text;
    else if (probe && content === Content.json) told = writeProbe(data, probe);
    const judge = (told: string) =>
      inCore(core, () => client.judge(this.descriptor(core), status, hasLocation, judged, told));
    const verdict = judge(told);
    // A failure is told again with its secrets masked: not after something is cut off or taken out.
    return verdict.startsWith("!") ? judge(this.masked(core, client, told)) : verdict;
  }

  /** A token goes along; it may come back in any answer to this call. */
  sendToken(core: Core, client: GlueClient, token: string): void {
    this.#tokens.add(token);
    inCore(core, () => client.useToken(JSON.stringify(token)));
  }

  /** A text with credentials and this call's secrets masked. */
  masked(core: Core, client: GlueClient, text: string): string {
    const secrets = inCore(core, () => client.secrets(this.descriptor(core), this.params));
    const safe = mask(text, [...this.connection.secrets(), ...this.#tokens, ...JSON.parse(secrets)]);
    return this.#startedBy ? this.#startedBy.masked(core, client, safe) : safe;
  }
}

/** The fields of an answer that tell a failure; what is large in them stays here, but for an error. */
function writeProbe(data: unknown, names: readonly string[]): string {
  if (typeof data !== "object" || data === null || Array.isArray(data)) return "{}";
  const fields = data as Record<string, unknown>;
  const probe: Record<string, unknown> = {};
  for (const name of names) {
    const value = fields[name];
    const isLarge = typeof value === "object" && value !== null && name !== "error";
    if (Object.hasOwn(fields, name)) probe[name] = isLarge ? {} : value;
  }
  return JSON.stringify(probe);
}
