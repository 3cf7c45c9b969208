// The package as users get it: the demo runs what is published, not what happens to lie in the repository.

import { readdirSync, statSync } from "node:fs";
import { importInstalled, installPackage } from "../package/install.js";

/**
 * @typedef {object} Installed
 * @property {string} name
 * @property {string} version
 * @property {number} files
 * @property {number} packedSize
 * @property {(subpath: string) => unknown} module what `hostwire/<subpath>` exports
 */

/**
 * @param {string[]} subpaths what will be imported
 * @returns {Promise<Installed>}
 */
export async function install(subpaths) {
  const project = installPackage();
  const { name, version } = project.manifest;
  const files = readdirSync(project.packageDir, { recursive: true, withFileTypes: true });
  /** @type {unknown[]} */
  const modules = await importInstalled(project, subpaths);
  return {
    name,
    version,
    files: files.filter((file) => file.isFile()).length,
    packedSize: statSync(project.tarball).size,
    module: (subpath) => modules[subpaths.indexOf(subpath)],
  };
}
