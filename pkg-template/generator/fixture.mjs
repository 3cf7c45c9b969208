/** What tests have in common: the real specs, and small ones made for a case. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readSpec } from "./spec.mjs";

/** @typedef {import("./spec.mjs").Schema} Schema */
/** @typedef {import("./spec.mjs").Spec} Spec */

/** How many operations each provider's spec has. */
export const OPERATIONS = { combell: 75, hostkey: 148, ccloud: 83, artnet: 93, combahton: 32 };

export const PROVIDERS = Object.keys(OPERATIONS);

/** @param {string} provider */
export const realSpec = (provider) =>
  readSpec(fileURLToPath(new URL(`../../specs/${provider}.yaml`, import.meta.url)));

/** Makes a folder for as long as it is used. */
export function temporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), "hostwire-generator-"));
  return { folder, remove: () => rmSync(folder, { recursive: true }) };
}

/**
 * A spec with these paths and schemas.
 * @param {{ [path: string]: object }} paths
 * @param {{ schemas?: { [name: string]: Schema }, parameters?: object, responses?: object, [extension: `x-${string}`]: object }} [further]
 * @returns {Spec}
 */
export function smallSpec(paths, { schemas = {}, parameters = {}, responses = {}, ...extensions } = {}) {
  const { folder, remove } = temporaryFolder();
  try {
    const file = join(folder, "combell.yaml");
    const document = {
      openapi: "3.1.0",
      info: { title: "Small API", version: "1", description: "Has what a test needs." },
      servers: [{ url: "https://api.example.com" }],
      paths,
      components: { schemas, parameters, responses },
      ...extensions,
    };
    // JSON is YAML.
    writeFileSync(file, JSON.stringify(document));
    return readSpec(file);
  } finally {
    remove();
  }
}

/**
 * An operation that answers `schema` with status 200, or what `responses` says.
 * @param {string} operationId
 * @param {object} [further]
 * @param {Schema} [schema]
 */
export const operation = (operationId, further = {}, schema = { type: "string" }) => ({
  operationId,
  summary: "Do it",
  "x-effect": "read",
  responses: { 200: jsonAnswer(schema) },
  ...further,
});

/** @param {Schema} schema */
export const jsonAnswer = (schema) => ({
  description: "An answer.",
  content: { "application/json": { schema } },
});

/**
 * @param {Schema} schema
 * @param {string} [mediaType]
 */
export const body = (schema, mediaType = "application/json") => ({
  required: true,
  content: { [mediaType]: { schema } },
});

/** @param {string} name */
export const reference = (name) => ({ $ref: `#/components/schemas/${name}` });
