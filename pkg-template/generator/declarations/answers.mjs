/** What calls answer: which schemas are needed for it, and its type. */
import { objectParts, resolve } from "../spec.mjs";
import { pascalCase } from "./names.mjs";

/** @typedef {import("../spec.mjs").Spec} Spec */
/** @typedef {import("../spec.mjs").Operation} Operation */
/** @typedef {import("../spec.mjs").Answer} Answer */
/** @typedef {import("../spec.mjs").Document} Document */
/** @typedef {import("../spec.mjs").Schema} Schema */
/** @typedef {import("../spec.mjs").Job} Job */
/** @typedef {import("../spec.mjs").JobRule} JobRule */
/** @typedef {import("./schemas.mjs").Types} Types */
/** @typedef {import("./schemas.mjs").Root} Root */

const answerKey = (/** @type {Operation} */ { name }, /** @type {Answer} */ { status }) =>
  `answer.${name}.${status}`;
const itemKey = (/** @type {Operation} */ { name }) => `item.${name}`;
const resultKey = (/** @type {Operation} */ { name }) => `result.${name}`;

/**
 * The schemas that an operation's answers are made of.
 * @param {Document} document
 * @param {Operation} operation
 * @returns {[string, Root][]}
 */
export function answerRoots(document, operation) {
  const name = pascalCase(operation.name);
  const of = `of \`${operation.name}\`.`;
  /** @type {[string, Root][]} */
  const roots = [];
  for (const answer of operation.answers) {
    const { schema, status } = answer;
    if (!schema) continue;
    if (operation.paging) {
      const items = pointedAt(document, schema, operation.paging.items)?.items;
      if (!items) throw new Error(`${operation.name}: x-paging.items does not lead to an array`);
      roots.push([itemKey(operation), { schema: items, names: [`${name}Item`], about: `Item ${of}` }]);
    } else {
      const names = [`${name}Answer`, `${name}Result`, `${name}Answer${status}`];
      roots.push([answerKey(operation, answer), { schema, names, about: `Answer ${of}` }]);
    }
  }
  if (operation.async?.answer) {
    const root = { schema: operation.async.answer, names: [`${name}JobResult`], about: `Result ${of}` };
    roots.push([resultKey(operation), root]);
  }
  return roots;
}

/**
 * @param {Document} document
 * @param {Schema} schema
 * @param {string} pointer JSON pointer into a value of that schema
 * @returns {Schema | undefined}
 */
function pointedAt(document, schema, pointer) {
  /** @type {Schema | undefined} */
  let at = resolve(document, schema);
  for (const name of pointer.split("/").slice(1)) {
    /** @type {Schema | undefined} */
    const property = at && objectParts(document, at).properties[name];
    at = property && resolve(document, property);
  }
  return at;
}

/** The type of a job's starting answer where the parameter that takes its id is not called `id`. */
export const startedName = (/** @type {string} */ kind) => `Started${pascalCase(`.${kind}`)}`;

/** What each call of a provider answers, as types. */
export class Answers {
  #spec;
  #types;

  /**
   * @param {Spec} spec
   * @param {Types} types
   */
  constructor(spec, types) {
    this.#spec = spec;
    this.#types = types;
  }

  /**
   * What awaiting a call gives.
   * @param {Operation} operation
   */
  awaited(operation) {
    if (operation.paging) return `Page<${this.#types.text(itemKey(operation))}>`;
    return union(operation.answers.flatMap((answer) => this.#answer(operation, answer)));
  }

  /**
   * What a method returns.
   * @param {Operation} operation
   */
  call(operation) {
    if (operation.paging) return `PagedCall<${this.#types.text(itemKey(operation))}>`;
    const answer = this.awaited(operation);
    if (!operation.async) return `Call<${answer}>`;
    const { kind, check, answer: result } = operation.async;
    const ends = this.followed(kind, check);
    return `JobCall<${answer}, ${result ? this.#types.text(resultKey(operation)) : ends.result}, ${ends.progress}>`;
  }

  /**
   * What following a job gives in the end and on the way there.
   * @param {string} kind of x-jobs
   * @param {string} [check] the operation that follows it, where it is another one
   */
  followed(kind, check) {
    const job = this.job(kind);
    const operation = this.#operation(check ?? job.operation);
    const types = (/** @type {"running" | "done"} */ state) => {
      const answers = operation.answers.filter((answer) => mayTell(this.#spec.document, job, state, answer));
      if (answers.length === 0)
        throw new Error(`x-jobs.${kind}: no answer of ${operation.name} says ${state}`);
      return union(answers.flatMap((answer) => this.#answer(operation, answer)));
    };
    return { operation, progress: types("running"), result: types("done") };
  }

  /**
   * @param {string} kind
   * @returns {Job}
   */
  job(kind) {
    const job = this.#spec.document["x-jobs"]?.[kind];
    if (!job) throw new Error(`x-jobs has no ${kind}`);
    return job;
  }

  /** @param {string} name */
  #operation(name) {
    const operation = this.#spec.operations.find((operation) => operation.name === name);
    if (!operation) throw new Error(`there is no operation ${name}`);
    return operation;
  }

  /**
   * @param {Operation} operation
   * @param {Answer} answer
   * @returns {string[]} members of a union
   */
  #answer(operation, answer) {
    switch (answer.kind) {
      case "json":
        return [this.#types.text(answerKey(operation, answer))];
      case "place": {
        const { async: job } = operation;
        const place = job?.location && this.job(job.kind).id !== "id" ? startedName(job.kind) : "Place";
        return answer.promised ? [place] : [place, "undefined"];
      }
      case "file":
        return ["FileAnswer"];
      case "nothing":
        return ["undefined"];
    }
  }
}

/** @param {string[]} types */
const union = (types) => [...new Set(types)].join(" | ");

/**
 * Whether an answer can be one that tells this state of a job.
 * @param {Document} document
 * @param {Job} job
 * @param {"running" | "done"} state
 * @param {Answer} answer
 */
function mayTell(document, job, state, { status, schema }) {
  if (job.otherwise === state && schema) return true;
  const rule = job[state];
  if (!rule) return false;
  const values = Array.isArray(rule) ? { pointer: job.status } : rule;
  const hasValue = Boolean(values.pointer && schema && pointedAt(document, schema, values.pointer));
  if (!values.status) return hasValue;
  // A value in another answer is for providers that stray from their documentation: no type for that.
  return status === values.status && (hasValue || !values.together);
}
