/** A call of an operation. */
import type { Connection } from "./connection.js";
import { type Core, inCore } from "./core.js";
import { InputError, type Issue } from "./errors.js";
import type { Descriptor, GlueClient } from "./glue.js";
import { mask } from "./mask.js";
import { checkCallOptions } from "./options.js";
import { nameOf, writeParams } from "./params.js";
import { valueAt } from "./pointer.js";
import type { OperationLine } from "./provider.js";
import { Content, type Received } from "./send.js";
import type { CallOptions } from "./types.js";

/** Made at the first call: an import does no work. */
let encoder: TextEncoder | undefined;

const NO_OPTIONS: CallOptions = Object.freeze({});

/** A call with its params as they were given: what is done to them later does not count. */
export class Exchange {
  readonly #extra: string;
  /** The tokens that went along; they may come back in any answer to this call. */
  readonly #tokens: string[] = [];
  /** The call that started the job which this one asks about; its secrets are not shown either. */
  #startedBy: Exchange | undefined;
  // There from `enter` on.
  #core!: Core;
  #client!: GlueClient;
  #descriptor!: Descriptor;

  constructor(
    readonly connection: Connection,
    readonly line: OperationLine,
    /** The params as JSON. */
    readonly params: string,
    readonly options: CallOptions = NO_OPTIONS,
    /** The name that a param goes by among callers. */
    readonly rename?: (path: string) => string,
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
      if (options !== undefined) checkCallOptions(options);
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

  /** What errors and events tell of the call. */
  get details() {
    return { provider: this.connection.provider.name, operation: this.line.name };
  }

  /** Where a token goes along that the client gets by itself. */
  get tokens() {
    return this.line.anonymous ? undefined : this.connection.tokens;
  }

  get timeoutMs(): number {
    return this.options.timeoutMs ?? this.connection.timeoutMs;
  }

  /** A fault of the params as the caller knows it. */
  named(issue: Issue): Issue {
    return this.rename ? { ...issue, path: this.rename(issue.path) } : issue;
  }

  /** The same call for other params. */
  withParams(params: string): Exchange {
    return new Exchange(this.connection, this.line, params, this.options);
  }

  /** Takes an instance of the core; what follows asks it. */
  enter(core: Core): void {
    inCore(core, () => {
      this.#core = core;
      this.#client = this.connection.client(core);
      this.#descriptor = this.connection.descriptor(core, this.line);
    });
    this.#startedBy?.enter(core);
  }

  /** Writes the request; each attempt is signed afresh. */
  write(seconds: string, nonce: string, way: number): string {
    const moment = `${nonce}:${seconds}`;
    encoder ??= new TextEncoder();
    const params = encoder.encode(this.params);
    return inCore(this.#core, () => this.#client.request(this.#descriptor, params, this.#extra, moment, way));
  }

  /** A way to authenticate worked where the other was refused. */
  prefer(way: number): void {
    inCore(this.#core, () => this.#client.prefer(way));
  }

  /** Milliseconds until the next attempt; below 0 there is none. `status` is 0 where no answer came. */
  retryDelay(status: number, made: number, most: number, asked: number | undefined): number {
    return inCore(this.#core, () =>
      this.#descriptor.retryDelay(status, made, most, asked ?? Number.NaN, Math.random()),
    );
  }

  /** Judges an answer: see Client::judge in src/boundary.rs. Data stays here; errors are looked into. */
  judge({ status, headers, content, data, text }: Received): string {
    const isJson = content === Content.json;
    // An answer of JSON with 200 names no place.
    const hasLocation = !(isJson && status === 200) && headers.has("location");
    const isFailed = status >= 400;
    const { probe } = this.connection.provider;
    const lacksList = !isFailed && isJson && !hasList(this.line, data);
    const judged = lacksList ? Content.noList : content;
    // Of what is right nobody asks by what name it came, and a text costs memory in the core.
    const mediaType = isJson ? undefined : (headers.get("content-type") ?? undefined);
    const isOther = !isFailed && !isJson;
    let told = "";
    if (isFailed || isOther) told = text;
    else if (lacksList) told = nameOf(listOf(this.line, data));
    else if (probe) told = writeProbe(data, probe);
    const judge = (mediaType: string | undefined, told: string) => {
      // Of what should be JSON and is not, the beginning is enough to tell what it is.
      const body = isOther ? told.slice(0, LONGEST_START) : told;
      return inCore(this.#core, () =>
        this.#client.judge(this.#descriptor, status, hasLocation, judged, mediaType, body),
      );
    };
    const verdict = judge(mediaType, told);
    if (!verdict.startsWith("!")) return verdict;
    // A failure is told again with its secrets masked: not after something is cut off or taken out.
    return judge(mediaType && this.masked(mediaType), this.masked(told));
  }

  /** A token goes along. */
  sendToken(token: string): void {
    this.#tokens.push(token);
    inCore(this.#core, () => this.#client.useToken(JSON.stringify(token)));
  }

  /** A text with credentials and this call's secrets masked. */
  masked(text: string): string {
    const secrets = inCore(this.#core, () => this.#client.secrets(this.#descriptor, this.params));
    const safe = mask(text, [...this.connection.secrets(), ...this.#tokens, ...JSON.parse(secrets)]);
    return this.#startedBy ? this.#startedBy.masked(safe) : safe;
  }
}

/** Longer texts that are not what they should be are not handed to the core whole. */
const LONGEST_START = 2000;

/** What is where an operation has its list. */
const listOf = ({ paging }: OperationLine, data: unknown): unknown => paging && valueAt(data, paging[1]);

/** Whether there is a list in an answer, where the operation gives one. */
export const hasList = (line: OperationLine, data: unknown): boolean =>
  !line.paging || Array.isArray(listOf(line, data));

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
