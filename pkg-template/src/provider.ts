/** What JavaScript knows of a provider; Rust knows the rest. */
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
  /** Options whose value fills in the parameter of that name where a call does not give it. */
  readonly fills: readonly string[];
  /** The operation that tells a job's state, by the kind of job. */
  readonly jobs: Readonly<Record<string, string>>;
  /** What the operations share; src/table/rules.rs reads it. */
  readonly head: string;
  /** A line for each operation; src/table.rs says what is in it. */
  readonly operations: string;
}

/** What is to be known of an operation to call it. */
export interface Operation {
  readonly name: string;
  /** Its line's number, which Rust knows it by. */
  readonly index: number;
  readonly effect: Effect;
  /** Whether it is a pageable list. */
  readonly isList: boolean;
  /** Whether it starts a job. */
  readonly startsJob: boolean;
}

const EFFECTS: Readonly<Record<string, Effect>> = { r: "read", w: "write", d: "destroy", p: "purchase" };

function readLine(line: string, index: number): Operation {
  const [name, , letter, , , more = {}] = JSON.parse(line);
  const effect = EFFECTS[letter.toLowerCase()] as Effect;
  return { name, index, effect, isList: more.p !== undefined, startsJob: more.j !== undefined };
}

/** Operations by name. Programs call few of them: a line stays text until it is asked for. */
type Operations = Map<string, { line: string; index: number } | Operation>;

const known = new WeakMap<ProviderData, Operations>();

function operationsOf(provider: ProviderData): Operations {
  let operations = known.get(provider);
  if (!operations) {
    // The name comes first, after `["`.
    const lines = provider.operations.split("\n");
    operations = new Map(lines.map((line, index) => [line.slice(2, line.indexOf('"', 2)), { line, index }]));
    known.set(provider, operations);
  }
  return operations;
}

export const operationNames = (provider: ProviderData): Iterable<string> => operationsOf(provider).keys();

/** An operation of a provider. */
export function findOperation(provider: ProviderData, name: string): Operation | undefined {
  const operations = operationsOf(provider);
  const found = operations.get(name);
  if (!found || "effect" in found) return found;
  const operation = readLine(found.line, found.index);
  operations.set(name, operation);
  return operation;
}
