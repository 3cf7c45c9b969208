/** Documents of specs/, whose shape check.py has checked; CONVENTIONS.md there says what each part means. */

export interface Document {
  info: { title: string; description?: string };
  servers: [{ url: string; description?: string }, ...{ url: string; description?: string }[]];
  paths: Record<string, PathItem>;
  components?: { schemas?: Record<string, Schema> };
  "x-jobs"?: Record<string, Job>;
  "x-auth"?: Auth;
  "x-envelope"?: Envelope;
  "x-hints"?: { special?: { kind: string; words: string[]; hint: string }[] } & Record<string, string>;
  "x-rate-limit"?: { limit?: string; usage?: string; remaining?: string; resetSeconds?: string };
}

type Method = "get" | "post" | "put" | "delete" | "patch";

export type PathItem = { [method in Method]?: WrittenOperation } & { parameters?: WrittenParameter[] };

export interface WrittenOperation {
  operationId: string;
  summary: string;
  description?: string;
  parameters?: WrittenParameter[];
  requestBody?: WrittenBody;
  responses: Record<string, WrittenAnswer>;
  "x-effect": "read" | "write" | "destroy" | "purchase";
  "x-idempotent"?: boolean;
  "x-errors"?: (number | string)[];
  "x-paging"?: Paging;
  "x-async"?: Async;
  "x-auth"?: { scheme: string };
  "x-credential"?: Record<string, string>;
  "x-source"?: object;
}

export interface WrittenParameter {
  $ref?: string;
  name: string;
  in: string;
  required?: boolean;
  description?: string;
  schema: Schema;
  "x-secret"?: boolean;
}

export interface WrittenBody {
  $ref?: string;
  required?: boolean;
  content: Record<string, { schema: Schema }>;
  "x-body-param"?: string;
}

export interface WrittenAnswer {
  $ref?: string;
  content?: Record<string, { schema: Schema }>;
  headers?: Record<string, { $ref?: string; required?: boolean }>;
}

/** A JSON Schema, as far as the specs use it. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  description?: string;
  format?: string;
  deprecated?: boolean;
  default?: unknown;
  enum?: unknown[];
  /** Known values of a list that the provider may extend. */
  "x-extensible-enum"?: (string | number)[];
  const?: unknown;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  properties?: Record<string, Schema>;
  required?: string[];
  patternProperties?: Record<string, Schema>;
  additionalProperties?: Schema | boolean;
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  not?: Schema;
  "x-secret"?: boolean;
  "x-copy-of"?: string;
  /** Which of several types goes out: what the caller gives is converted to it. */
  "x-sent-as"?: string;
}

/** x-paging */
export interface Paging {
  style: "skip-take" | "limit-offset" | "limit-page";
  /** JSON pointer to the array. */
  items: string;
  /** Header or JSON pointer. */
  total?: string;
}

/** x-auth of a document, as far as the generator reads it. */
export interface Auth extends TokenPlace {
  scheme?: string;
  fields?: string[];
  field?: string;
  credentials?: { name: string }[];
  token_operation?: string;
  scope?: string;
  login?: TokenPlace & { operation: string; params?: Record<string, string | number> };
  expired?: { messages?: string[] };
}

interface TokenPlace {
  token?: string | string[];
  expires?: string | string[];
  expires_in?: string | string[];
  lifetime?: number;
}

/** x-envelope, as far as the generator reads it. */
export interface Envelope {
  statuses?: object;
  success?: { statuses?: number[] };
  status?: string;
  error?: ErrorPlace;
  failure?: ErrorPlace & {
    shapes?: ErrorPlace[];
    /** JSON pointer to what is a code where it is a number. */
    numberCode?: string;
    /** Words that tell of a kind of error, by its class. */
    kinds?: Record<string, string[]>;
  };
  malformedJson?: object;
  challenge?: { sign: string; cookie: string; pattern: string };
  filesInJson?: boolean;
}

/** JSON pointers into an error. */
export interface ErrorPlace {
  code?: string;
  message?: string | string[] | { en: string };
  detail?: string;
  details?: string;
  issues?: string;
}

/** x-async */
export interface Async {
  /** Of x-jobs. */
  kind: string;
  /** The operation that follows the work, where it is another one than the kind's. */
  check?: string;
  /** Header with the job's address. */
  location?: string;
  /** JSON pointer to the job's id in the answer. */
  id?: string;
  /** The same, where the id is called a key. */
  key?: string;
  /** What the work answers in the end, where that is known more exactly. */
  answer?: Schema;
}

/** How a kind of asynchronous work is followed: x-jobs. */
export interface Job {
  operation: string;
  /** The operation's parameter for the job's id. */
  id: string;
  idFrom?: "request";
  /** Set where a finished answer is given only once. */
  once?: string;
  /** JSON pointer to the values of rules that are no more than values. */
  status?: string;
  running?: JobRule | string[];
  done?: JobRule | string[];
  failed?: JobRule | string[];
  /** Values that tell a failure, or that it is going on, whatever the status says. */
  failedBy?: JobRule[];
  runningBy?: JobRule[];
  otherwise?: "running" | "done" | "failed";
  /** Seconds. */
  interval?: number;
  /** JSON pointers. */
  error?: string | string[];
  debug?: string;
  gone?: { words: string; hint: string };
  unpaid?: { when: [pointer: string, value: string][]; invoice: string[] };
}

/** How an answer tells a state. */
export interface JobRule {
  status?: number;
  /** JSON pointer to one of the values. */
  pointer?: string;
  /** Texts in any case; any text where there are none. */
  values?: string[];
  /** Whether status and value are needed both. */
  together?: boolean;
}
