import type { FoundFile } from "./find-file.js";
import type { TokenKeeper } from "./token.js";
import type { Effect } from "./types.js";

/** What the generator makes of a provider's spec, for its entry. */
export interface ProviderData {
  /** The provider's name, `combell`. */
  readonly name: string;
  readonly baseUrl: string;
  /** Sets of credentials, any one of which is enough. */
  readonly credentials: readonly (readonly string[])[];
  /** Credentials that may be given as a number. */
  readonly numbers?: readonly string[];
  /** Options of this provider alone. */
  readonly options: readonly string[];
  /** Options whose value fills in the parameter of that name where a call does not give it. */
  readonly fills: readonly string[];
  /** Credentials and further options that are secret. */
  readonly secrets: readonly string[];
  /** The credential that is a token, which needs no login. */
  readonly token?: string;
  /** How a token is got. */
  readonly login?: LoginRule;
  /** How bodies are written, where credentials go out in them. */
  readonly bodies?: "form" | "json";
  /** Fields of an answer that tell a failure though the status is one of success. */
  readonly probe?: readonly string[];
  /** The name that people know the provider by. */
  readonly title: string;
  /** What to do about an error: the first that fits counts. */
  readonly hints?: readonly Hint[];
  /** A page that a filter in front of the API sends in its place. */
  readonly challenge?: Challenge;
  /** Keeps its token, where it has one; the other providers' bundles go without. */
  readonly TokenKeeper?: typeof TokenKeeper;
  /** Reads its JSON, where that may be broken in a known way. */
  readonly repairJson?: (text: string) => unknown;
  /** Finds a file in its JSON, where one may be. */
  readonly findFile?: (data: unknown) => FoundFile | undefined;
  /** What the operations share. */
  readonly head: {
    readonly jobs: Readonly<Record<string, JobRule>>;
    /** Names of the headers that tell the rate limit. */
    readonly rateLimit?: Readonly<Partial<Record<"limit" | "usage" | "remaining" | "reset", string>>>;
  };
  /** What they share too and only the core reads, as JSON: types, and rules (src/providers/rules.rs). */
  readonly coreHead: string;
  /** A line for each operation; src/operation.rs says what is in it. */
  readonly operations: string;
}

/** What to do about an error. */
export interface Hint {
  /** The error's class. */
  readonly kind: string;
  /** Parts of what the provider says or of its code, one of which has to be there; any where there are none. */
  readonly words?: readonly string[];
  readonly hint: string;
}

/** A page that wants a cookie which it holds itself. */
export interface Challenge {
  /** Words by which the page is known. */
  readonly sign: string;
  readonly cookie: string;
  /** Regular expression whose group is the cookie's value. */
  readonly pattern: string;
}

/** How a token is got. Values are found by JSON pointers into the answer of the login operation. */
export interface LoginRule {
  readonly operation: string;
  /** Params that go along. */
  readonly params: Readonly<Record<string, unknown>>;
  /** Which param a credential goes into, where the core does not add it. */
  readonly credentials: Readonly<Record<string, string>>;
  /** Where the token may be: the first pointer that leads to one counts, here and below. */
  readonly token: readonly string[];
  /** Unix time of the token's end, in seconds. */
  readonly expires: readonly string[];
  /** Seconds until the token's end. */
  readonly expiresIn: readonly string[];
  /** Seconds that a token lives where its answer does not say. */
  readonly lifetime?: number;
}

/** How a kind of job is followed. */
export interface JobRule {
  /** The operation that tells its state. */
  readonly operation: string;
  /** That operation's parameter for the job's id. */
  readonly id: string;
  /**
   * What an answer about it means, tried in order: a state, the HTTP status (0 for any), a JSON pointer
   * and the values that it may lead to, texts in any case (both left out where the status alone decides, no
   * values where any text counts).
   */
  readonly states: readonly (readonly [
    state: string,
    status: number,
    pointer?: string,
    values?: unknown[],
  ])[];
  /** JSON pointers to why it failed: the first that leads to a text counts. */
  readonly error?: readonly string[];
  /** JSON pointer to what the provider adds for those who look for the fault. */
  readonly debug?: string;
  /** Words of an error that tell of a job which the provider no longer knows, and what that may mean. */
  readonly gone?: { readonly words: string; readonly hint: string };
  /** How an answer tells that no job was started, because it has to be paid first. */
  readonly unpaid?: {
    /** JSON pointers and values, any of which says so. */
    readonly when: readonly (readonly [pointer: string, value: string])[];
    /** JSON pointers to the number of the invoice: the first that leads to one counts. */
    readonly invoice: readonly string[];
  };
  /** `request` where the id is a param of the call that started it, not in its answer. */
  readonly idFrom?: "request";
  /** Whether the job's id is secret. */
  readonly isSecret?: boolean;
  /** Whether a finished answer is given only once. */
  readonly once?: boolean;
  /** Seconds between two questions, where the provider advises them. */
  readonly interval?: number;
}

/** The operations of a provider by name: what is known without the core. */
export interface OperationLine {
  readonly name: string;
  readonly effect: Effect;
  /** Whether sending it twice is not the same as sending it once. */
  readonly isOnce: boolean;
  /** How its list is paged, where it is: style, JSON pointer to the items, and where the total is told. */
  readonly paging: readonly [style: string, items: string, total?: string] | undefined;
  /** Whether a success is a file. */
  readonly isFile: boolean;
  /** The kind of job it starts. */
  readonly job: string | undefined;
  /** JSON pointer to that job's id in the answer, where it is not the Location's. */
  readonly jobId: string | undefined;
  /** The operation that follows it, where it is another than the kind's. */
  readonly check: string | undefined;
  /** JSON pointers to new credentials in the answer. */
  readonly credential: Readonly<Record<string, string>> | undefined;
  /** Whether it is sent without credentials. */
  readonly anonymous: boolean;
  readonly line: string;
}

const EFFECTS: Readonly<Record<string, Effect>> = { r: "read", w: "write", d: "destroy", p: "purchase" };

/** What is needed of a line before the core has read it. */
export function readLine(line: string): OperationLine {
  const [name, , letter, , , more = {}] = JSON.parse(line);
  return {
    name,
    effect: EFFECTS[letter.toLowerCase()] as Effect,
    isOnce: "wdp".includes(letter),
    paging: more.p,
    isFile: Object.values(more.a ?? {}).some((kind) => String(kind).includes("/")),
    job: more.j,
    jobId: more.i,
    check: more.c,
    credential: more.k,
    anonymous: more.n === true,
    line,
  };
}

/** Lines by name. Programs call few operations: a line stays text until it is asked for. */
type Lines = Map<string, string | OperationLine>;

const known = new WeakMap<ProviderData, Lines>();

function linesOf(provider: ProviderData): Lines {
  let lines = known.get(provider);
  if (!lines) {
    lines = new Map();
    // The name comes first, after `["`.
    for (const line of provider.operations.split("\n")) lines.set(line.slice(2, line.indexOf('"', 2)), line);
    known.set(provider, lines);
  }
  return lines;
}

export const operationNames = (provider: ProviderData): Iterable<string> => linesOf(provider).keys();

/** An operation of a provider, the same at each call. */
export function operationLine(provider: ProviderData, name: string): OperationLine | undefined {
  const lines = linesOf(provider);
  let line = lines.get(name);
  if (typeof line === "string") {
    line = readLine(line);
    lines.set(name, line);
  }
  return line;
}
