/** From a spec to the TypeScript declarations of the provider's entry. */
import { existsSync, readFileSync } from "node:fs";
import { constructorOf } from "./credentials.mjs";
import { Answers, answerRoots, startedName } from "./declarations/answers.mjs";
import { clientTypes, declareClass, declareOperations, declareOptions } from "./declarations/client.mjs";
import { comment } from "./declarations/doc.mjs";
import { IMPORTED, Names } from "./declarations/names.mjs";
import { typeNames } from "./declarations/nodes.mjs";
import { Params } from "./declarations/params.mjs";
import { allResources, declareResource, readResources } from "./declarations/resources.mjs";
import { Types } from "./declarations/schemas.mjs";

/** @typedef {import("./spec.mjs").Spec} Spec */

/**
 * The text of `<provider>.d.ts`, which stands in a folder beside `types.d.ts`.
 * @param {Spec} spec
 * @param {string[]} [modules] whose exports the entry hands on, such as `../errors.js`
 * @returns {Promise<string>}
 */
export async function makeDeclarations(spec, modules = []) {
  const { document, operations } = spec;
  const client = constructorOf(spec.provider);
  const { className } = client;
  const jobs = document["x-jobs"] ?? {};
  const resources = readResources(className, operations, jobs);
  const params = new Params(client.fills);

  const names = new Names();
  for (const name of [className, ...Object.values(clientTypes(className))]) names.take(name);
  for (const { type } of allResources(resources)) names.take(type);
  const places = placesOfJobs(spec);
  for (const { name } of places) names.take(name);

  const roots = new Map(
    operations.flatMap((operation) => [...params.roots(operation), ...answerRoots(document, operation)]),
  );
  const types = await Types.read(document, roots, names, className);
  params.use(types);
  const answers = new Answers(spec, types);

  const variable = className.toLowerCase();
  const declarations = [
    declareClass(spec, client, resources),
    ...declareOptions(client, document.servers),
    ...extras(spec.provider),
    ...allResources(resources).map((resource) => declareResource(variable, resource, answers, params)),
    declareOperations(spec, className, answers, params),
    ...places.map(({ text }) => text),
    ...types.declarations(),
  ];
  const text = declarations.join("\n\n");
  const handedOn = modules.map((module) => `export * from "${module}";\n`);
  return `${imports(text)}\n${handedOn.join("")}\n${text}\n`;
}

/**
 * The text of `index.d.ts`: every provider's client and what goes with it. The providers' own types
 * stay with their entries, because several have one of the same name.
 * @param {{ name: string }[]} providers
 */
export function rootDeclarations(providers) {
  const entries = providers.map(({ name }) => {
    const { className } = constructorOf(name);
    const names = [
      className,
      ...Object.values(clientTypes(className)).map((type) => `type ${type}`),
      ...extras(name).flatMap(exportedNames),
    ];
    return `export {\n${names.map((name) => `  ${name},\n`).join("")}} from "./providers/${name}.js";\n`;
  });
  return `export * from "./errors.js";\nexport type * from "./types.js";\n${entries.join("")}`;
}

/** @param {string} text of declarations */
const exportedNames = (text) =>
  [...text.matchAll(/^export (declare \w+|interface|type) (\w+)/gm)].map(([, kind, name]) =>
    kind?.startsWith("declare") ? `${name}` : `type ${name}`,
  );

/**
 * Types of answers that name a job.
 * @param {Spec} spec
 */
function placesOfJobs({ document, operations }) {
  const kinds = new Set(operations.flatMap(({ async }) => (async?.location ? [async.kind] : [])));
  return [...kinds].flatMap((kind) => {
    const id = document["x-jobs"]?.[kind]?.id;
    if (!id || id === "id") return [];
    const name = startedName(kind);
    const members = [
      `${comment(["The `Location` header."], "  ")}  location: string;\n`,
      `${comment(["Its last part, which names the job."], "  ")}  ${id}: string;\n`,
    ];
    const text = `${comment(["Where work that was started is found."])}export interface ${name} {\n${members.join("")}}`;
    return [{ name, text }];
  });
}

/**
 * What only this provider's entry has, written by hand.
 * @param {string} provider
 */
function extras(provider) {
  const file = new URL(`extras/${provider}.d.ts`, import.meta.url);
  return existsSync(file) ? [readFileSync(file, "utf8").trim()] : [];
}

/** @param {string} text */
function imports(text) {
  const used = typeNames(text);
  const names = IMPORTED.filter((name) => used.has(name));
  return `import type {\n${names.map((name) => `  ${name},\n`).join("")}} from "../types.js";`;
}
