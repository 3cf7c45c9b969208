// What the providers' files, the worker and the pages have in common.

import type {
  ClientOptions,
  Issue,
  JobCall,
  OperationInfo,
  ProxyTarget,
  TokenStore,
  WaitOptions,
} from "hostwire";

export type Values = Record<string, string>;

export type Kind = "server" | "domain" | "address";

/** Something of the user's that actions can be done with. */
export interface Item {
  /** Says which it is, among those of its provider. */
  key: string;
  kind: Kind;
  name: string;
  /** A second line, and more to search in. */
  detail?: string;
  ips: string[];
  state?: State;
  /** What the provider's operations need to know of it. */
  ref: Readonly<Record<string, string | number>>;
}

export type State = "on" | "off" | "unknown";

/** A line of what is known. */
export interface Fact {
  label: string;
  value: string;
  /** Shown only when asked for. */
  secret?: boolean;
}

export interface Look {
  state?: State;
  facts: Fact[];
}

export interface Outcome {
  /** A sentence. */
  says: string;
  facts?: Fact[];
  /** An address to open in a tab. */
  open?: string;
}

export interface Choice {
  value: string;
  label: string;
}

export interface Field {
  name: string;
  label: string;
  /** Where hostwire finds fault with it; its name unless given. */
  path?: string;
  hint?: string;
  secret?: boolean;
  optional?: boolean;
  initial?: string;
  /** What can be chosen; "ips" are the addresses of the item, "asked" is what `choices` of the action gives. */
  choices?: readonly Choice[] | "ips" | "asked";
  /** Only there while another field has one of these values. */
  when?: { field: string; is: readonly string[] };
}

export interface CredentialField {
  name: string;
  label: string;
  hint?: string;
  secret?: boolean;
  optional?: boolean;
}

export type Icon =
  | "play"
  | "stop"
  | "power"
  | "restart"
  | "terminal"
  | "globe"
  | "shield"
  | "plus"
  | "trash"
  | "camera"
  | "history"
  | "disc";

interface ActionBase<Client> {
  name: string;
  /** In the imperative. */
  label: string;
  icon: Icon;
  /** The operation that it comes down to; its effect decides whether the user is asked first. */
  operation: string;
  kinds: readonly Kind[];
  fits?(item: Item): boolean;
  fields?: readonly Field[];
  /** For fields whose choices are "asked". */
  choices?(client: Client, item: Item): Promise<Choice[]>;
  /** What happens to the thing. Where it is given, the user is asked first, whatever the effect. */
  consequence?: string;
}

/** An action that is over when its call is. */
export interface PlainAction<Client> extends ActionBase<Client> {
  run(client: Client, item: Item, values: Values, signal: AbortSignal): Promise<Outcome>;
}

/** An action that starts work, which is then followed. */
export interface JobAction<Client, Result> extends ActionBase<Client> {
  start(client: Client, item: Item, values: Values, signal: AbortSignal): JobCall<unknown, Result, Result>;
  done(item: Item, result: Result): Outcome;
}

export type Action<Client, Result> = PlainAction<Client> | JobAction<Client, Result>;

export type JobParams = Readonly<Record<string, string | number>>;

export type Lister<Client> = (client: Client, signal: AbortSignal) => Promise<Item[]>;

/** What every client takes, beside its credentials. */
export type KeyOptions = ClientOptions;

/** What it takes in place of them. */
export type ProxyOptions = Omit<KeyOptions, "baseUrl"> & { proxy: ProxyTarget };

/** A provider: everything that the extension knows of it. */
export interface Provider<Client, Result = unknown> {
  name: string;
  label: string;
  /** Two letters that stand for it. */
  short: string;
  /** Of its colour, 0 to 360. */
  hue: number;
  /** Addresses of its API, the usual one first. */
  addresses: readonly string[];
  credentials: readonly CredentialField[];
  operations: readonly OperationInfo[];
  connect(credentials: Values, options: KeyOptions, tokenStore: TokenStore): Client;
  /** A proxy has the credentials, in place of this extension. */
  connectByProxy(options: ProxyOptions): Client;
  /** By what they list; each stands or falls alone. */
  lists: Readonly<Record<string, Lister<Client>>>;
  /** What to do with an address that the user types and no list has. */
  typed?(ip: string): Item;
  /** A closer look at one item. */
  look?(client: Client, item: Item): Promise<Look>;
  jobs?: {
    /** Makes of what a call answered what `follow` takes. */
    paramsOf(started: unknown, item: Item): JobParams | undefined;
    follow(client: Client, params: JobParams, options: WaitOptions<Result>): Promise<Result>;
    progressOf?(answer: Result): string;
  };
  actions: readonly Action<Client, Result>[];
}

/** A provider, whatever its client. */
export type AnyProvider = Provider<object>;

// What goes between the worker and the pages. No credentials come back to a page.

export interface Failure {
  /** What went wrong, in a few words. */
  title: string;
  /** What to do. */
  help: string;
  issues: Issue[];
  /** A button that helps. */
  remedy?: "permission" | "options" | "retry";
  /** What the browser has to be asked for, where that is the remedy. */
  origin?: string;
}

export interface ActionCard {
  name: string;
  label: string;
  icon: Icon;
  operation: string;
  fields: readonly Field[];
  asks: boolean;
  /** Given where the user is asked first. */
  confirmation?: { says: string; destroys: boolean };
}

export interface ProviderCard {
  name: string;
  label: string;
  short: string;
  hue: number;
  addresses: readonly string[];
  credentials: readonly CredentialField[];
  actions: ActionCard[];
  /** What can be done with an address that no list has; none where nothing can. */
  typedActions: string[];
}

/** What is kept of an account, as far as pages may know. */
export interface AccountCard {
  provider: string;
  /** Names of the fields that have a value. */
  saved: string[];
  /** Those values that are no secrets. */
  shown: Values;
  baseUrl: string;
  session: boolean;
  /** Given where a proxy has the credentials; its token stays in the worker. */
  proxy?: { url: string };
}

export interface AccountInput {
  credentials: Values;
  baseUrl: string;
  /** Remember it only until the browser closes. */
  session: boolean;
  /** In place of credentials, which are then empty. */
  proxy?: ProxyAccess;
}

export interface ProxyAccess {
  url: string;
  token: string;
}

export interface Row extends Omit<Item, "ref"> {
  provider: string;
  actions: string[];
}

export interface ListState {
  provider: string;
  loading: boolean;
  rows: Row[];
  failures: { part: string; failure: Failure }[];
}

export interface Run {
  id: string;
  provider: string;
  item: string;
  itemName: string;
  action: string;
  label: string;
  /** sending: not yet answered; following: accepted, under way; left: no longer followed. */
  phase: "sending" | "following" | "done" | "failed" | "left";
  progress: string;
  startedAt: number;
  outcome?: Omit<Outcome, "open">;
  failure?: Failure;
}

export interface Target {
  provider: string;
  item: string;
}

/** What a page may ask of the worker, and what it is answered. */
export interface Questions {
  catalogue: { takes: undefined; gives: ProviderCard[] };
  accounts: { takes: undefined; gives: AccountCard[] };
  save: { takes: { provider: string } & AccountInput; gives: AccountCard };
  forget: { takes: { provider: string }; gives: null };
  lists: { takes: undefined; gives: ListState[] };
  refresh: { takes: { provider: string | undefined }; gives: null };
  look: { takes: Target; gives: Look };
  choices: { takes: Target & { action: string }; gives: Choice[] };
  runs: { takes: undefined; gives: Run[] };
  run: { takes: Target & { action: string; values: Values }; gives: Run };
  leave: { takes: { run: string }; gives: null };
  dismiss: { takes: { run: string }; gives: null };
}

export type QuestionName = keyof Questions;

export type Question = {
  [Name in QuestionName]: { id: number; ask: Name; params: Questions[Name]["takes"] };
}[QuestionName];

export type News =
  | { news: "list"; list: ListState }
  | { news: "gone"; provider: string }
  | { news: "runs"; runs: Run[] };

export type Answer = { id: number; gives: unknown } | { id: number; failure: Failure };

export type FromWorker = Answer | News;
