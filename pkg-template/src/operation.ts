/** A call of an operation. */
import type { Connection } from "./connection.js";
import { type Core, inCore } from "./core.js";
import { InputError } from "./errors.js";
import type { GlueClient } from "./glue.js";
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

  constructor(
    readonly connection: Connection,
    readonly line: OperationLine,
    /** The params as JSON. */
    readonly params: string,
    readonly options: CallOptions = NO_OPTIONS,
  ) {
    this.#extra = options.extra ? writeParams(options.extra, "extra") : "";
  }

  /** @throws {InputError} where params or options are of no use at all; the rest the core checks */
  static of(connection: Connection, line: OperationLine, params: unknown, options: unknown): Exchange {
    try {
      checkCallOptions(options);
      return new Exchange(connection, line, writeParams(params, "params"), options as CallOptions);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      throw new InputError(error.issues, { provider: connection.provider.name, operation: line.name });
    }
  }

  /** The same call for other params. */
  withParams(params: string): Exchange {
    return new Exchange(this.connection, this.line, params, this.options);
  }

  descriptor(core: Core) {
    return inCore(core, () => this.connection.descriptor(core, this.line));
  }

  /** Writes the request; each attempt is signed afresh. */
  write(core: Core, client: GlueClient, seconds: string, nonce: string, second: boolean): string {
    return client.request(this.descriptor(core), this.params, this.#extra, seconds, nonce, second);
  }

  /** Milliseconds until the next attempt; below 0 there is none. `status` is 0 where no answer came. */
  retryDelay(core: Core, status: number, made: number, most: number, asked: number | undefined): number {
    return inCore(core, () =>
      this.descriptor(core).retryDelay(status, made, most, asked ?? Number.NaN, Math.random()),
    );
  }

  /** Judges an answer: see Client::judge in src/boundary.rs. Data stays here; errors are looked into. */
  judge(
    core: Core,
    client: GlueClient,
    { status, headers, content, data, text }: Received,
  ): string | undefined {
    const location = headers.get("location") ?? "";
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
    if (isFailed) told = text;
    else if (content === Content.html) told = text.slice(0, 4096);
    else if (probe && content === Content.json) told = writeProbe(data, probe);
    return client.judge(this.descriptor(core), status, location, judged, told);
  }

  /** A text with credentials and this call's secrets masked. */
  masked(core: Core, client: GlueClient, text: string): string {
    return inCore(core, () => client.masked(text, this.descriptor(core), this.params));
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
