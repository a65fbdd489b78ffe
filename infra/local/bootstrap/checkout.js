// @ts-check
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const isRoot = (/** @type {string} */ folder) => existsSync(join(folder, 'pnpm-workspace.yaml'));

function findRoot() {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!isRoot(folder) && folder !== dirname(folder)) folder = dirname(folder);
  return folder;
}

/** The checkout's directory, whether this file runs as it was written or as its copy under `dist`. */
export const root = findRoot();

/** @param {string[]} path */
export const fromRoot = (...path) => join(root, ...path);

/** @param {string} file */
export const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));
