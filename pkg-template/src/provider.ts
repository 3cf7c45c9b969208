import type { Effect } from "./types.js";

/** What the generator makes of a provider's spec, for its entry. */
export interface ProviderData {
  /** The provider's name, `combell`. */
  readonly name: string;
  readonly baseUrl: string;
  /** Sets of credentials, any one of which is enough. */
  readonly credentials: readonly (readonly string[])[];
  /** Options of this provider alone. */
  readonly options: readonly string[];
  /** What the operations share; the core reads `types` and `jobs`. */
  readonly head: {
    readonly types: unknown;
    readonly jobs: Readonly<Record<string, JobRule>>;
    /** Names of the headers that tell the rate limit. */
    readonly rateLimit?: Readonly<Partial<Record<"limit" | "usage" | "remaining" | "reset", string>>>;
  };
  /** A line for each operation; src/operation.rs says what is in it. */
  readonly operations: string;
}

/** How a kind of job is followed. */
export interface JobRule {
  /** The operation that tells its state. */
  readonly operation: string;
  /** That operation's parameter for the job's id. */
  readonly id: string;
  /** `request` where the id is a param of the call that started it, not in its answer. */
  readonly idFrom?: "request";
  /** Seconds between two questions, where the provider advises them. */
  readonly interval?: number;
}

/** The operations of a provider by name: what is known without the core. */
export interface OperationLine {
  readonly name: string;
  readonly effect: Effect;
  /** How its list is paged, where it is: style, JSON pointer to the items, and where the total is told. */
  readonly paging: readonly [style: string, items: string, total?: string] | undefined;
  /** Whether a success is a file. */
  readonly isFile: boolean;
  /** The kind of job it starts. */
  readonly job: string | undefined;
  readonly line: string;
}

const EFFECTS: Readonly<Record<string, Effect>> = { r: "read", w: "write", d: "destroy", p: "purchase" };

/** What is needed of a line before the core has read it. */
export function readLine(line: string): OperationLine {
  const [name, , letter, , , { p: paging, j: job, a: answers } = {} as Record<string, undefined>] =
    JSON.parse(line);
  const effect = EFFECTS[letter.toLowerCase()] as Effect;
  const isFile = Object.values(answers ?? {}).some((kind) => String(kind).includes("/"));
  return { name, effect, paging, isFile, job, line };
}

const read = new WeakMap<ProviderData, ReadonlyMap<string, OperationLine>>();

/** Reads the table of a provider, once. */
export function operationLines(provider: ProviderData): ReadonlyMap<string, OperationLine> {
  let lines = read.get(provider);
  if (!lines) {
    lines = new Map(
      provider.operations
        .split("\n")
        .map(readLine)
        .map((line) => [line.name, line]),
    );
    read.set(provider, lines);
  }
  return lines;
}
