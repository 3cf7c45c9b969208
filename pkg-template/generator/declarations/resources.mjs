/** The interfaces of a client's resources: `combell.dnsRecords` and its methods. */
import { comment, describeOperation } from "./doc.mjs";
import { pascalCase } from "./names.mjs";

/** @typedef {import("../spec.mjs").Operation} Operation */
/** @typedef {import("./answers.mjs").Answers} Answers */
/** @typedef {import("./params.mjs").Params} Params */

/**
 * @typedef {object} Resource
 * @property {string} name its last part, `dnsRecords`
 * @property {string} path with what it is below, `servers.state`
 * @property {string} type of its interface
 * @property {Operation[]} operations
 * @property {string[]} jobs kinds that one of its operations follows
 * @property {Resource[]} resources below it
 */

/**
 * The resources of a client, by the dots in the names of its operations.
 * @param {string} className
 * @param {Operation[]} operations
 * @param {{ [kind: string]: { operation: string } }} jobs x-jobs
 * @returns {Resource[]}
 */
export function readResources(className, operations, jobs) {
  /** @type {Resource} */
  const root = { name: "", path: "", type: className, operations: [], jobs: [], resources: [] };
  const resourceOf = (/** @type {string} */ name) => {
    let at = root;
    for (const step of name.split(".").slice(0, -1)) {
      let next = at.resources.find((resource) => resource.name === step);
      if (!next) {
        const path = at.path ? `${at.path}.${step}` : step;
        next = {
          name: step,
          path,
          type: className + pascalCase(path),
          operations: [],
          jobs: [],
          resources: [],
        };
        at.resources.push(next);
      }
      at = next;
    }
    return at;
  };
  for (const operation of operations) resourceOf(operation.name).operations.push(operation);
  for (const [kind, { operation }] of Object.entries(jobs)) resourceOf(operation).jobs.push(kind);
  if (root.operations.length > 0) throw new Error("an operation needs a resource: a name with a dot in it");
  for (const resource of allResources(root.resources)) refuseClashes(resource);
  return root.resources;
}

/** @param {Resource} resource */
function refuseClashes({ path, operations, jobs, resources }) {
  const methods = operations.map((operation) => methodName(operation));
  const members = [...methods, ...resources.map(({ name }) => name), ...(jobs.length > 0 ? ["wait"] : [])];
  const twice = members.find((name, index) => members.indexOf(name) < index);
  if (twice) throw new Error(`${path} would have two members called ${twice}`);
}

/**
 * These and all below them.
 * @param {Resource[]} resources
 * @returns {Resource[]}
 */
export const allResources = (resources) =>
  resources.flatMap((resource) => [resource, ...allResources(resource.resources)]);

/** @param {Operation} operation */
const methodName = ({ name }) => name.slice(name.lastIndexOf(".") + 1);

/**
 * @param {string} variable what a client is called in examples
 * @param {Resource} resource
 * @param {Answers} answers
 * @param {Params} params
 */
export function declareResource(variable, resource, answers, params) {
  const inside = resource.resources.map(declareMember);
  const methods = resource.operations.map((operation) => method(operation, answers, params));
  const waits = resource.jobs.map((kind) => wait(kind, answers, params));
  const about = `What \`${variable}.${resource.path}\` has.`;
  return `${comment([about])}export interface ${resource.type} {\n${inside.join("")}${methods.join("")}${waits.join("")}}`;
}

/**
 * The property of a class or interface that holds a resource.
 * @param {Resource} resource
 */
export function declareMember({ name, type, operations, jobs, resources }) {
  const members = [
    ...resources.map((resource) => resource.name),
    ...operations.map((operation) => `${methodName(operation)}()`),
    ...(jobs.length > 0 ? ["wait()"] : []),
  ];
  return `${comment([`Has ${members.join(", ")}.`], "  ")}  readonly ${name}: ${type};\n`;
}

/**
 * @param {Operation} operation
 * @param {Answers} answers
 * @param {Params} params
 */
function method(operation, answers, params) {
  const about = comment(describeOperation(operation, params.of(operation)), "  ");
  const optional = params.isOptional(operation) ? "?" : "";
  const type = params.type(operation);
  return `${about}  ${methodName(operation)}(params${optional}: ${type}, options?: CallOptions): ${answers.call(operation)};\n`;
}

/**
 * @param {string} kind
 * @param {Answers} answers
 * @param {Params} params
 */
function wait(kind, answers, params) {
  const { operation, progress, result } = answers.followed(kind);
  const about = comment(
    [
      "Takes up a job again from its id, in another process for instance, and follows it to its end. Throws a JobError where it fails.",
      "",
      `Asks with \`${operation.name}\`.`,
      `@param params \`${answers.job(kind).id}\`, as the call that started the job gave it.`,
    ],
    "  ",
  );
  return `${about}  wait(params: ${params.type(operation)}, options?: WaitOptions<${progress}>): Promise<${result}>;\n`;
}
