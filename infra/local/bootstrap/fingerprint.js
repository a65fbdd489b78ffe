// @ts-check
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fromRoot, readJson, root } from './checkout.js';

/** Folders that hold nothing written by hand. */
const made = new Set(['node_modules', 'dist', 'generated', '.tap', '.data']);

/** The projects of the compiler, from the root's tsconfig.json. */
const projects = () =>
  readJson(fromRoot('tsconfig.json')).references.map(
    (/** @type {{ path: string }} */ { path }) => path,
  );

/**
 * The folders of the workspace's packages; a package's tests may be a project of their own.
 * @returns {string[]}
 */
export const packages = () =>
  projects().filter((/** @type {string} */ name) => existsSync(fromRoot(name, 'package.json')));

/**
 * Every file below a folder, as absolute paths; those of `skipped` folders left out.
 * @param {string} folder
 * @param {Set<string>} skipped
 * @returns {string[]}
 */
function filesIn(folder, skipped) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return skipped.has(entry.name) ? [] : filesIn(path, skipped);
    return entry.isFile() ? [path] : [];
  });
}

const isMemory = (/** @type {string} */ file) => file.endsWith('.tsbuildinfo');

const sha256 = (/** @type {string | Buffer} */ content) =>
  createHash('sha256').update(content).digest('hex');

/**
 * The SHA-256 of each file that is there, by its path below the checkout.
 * @param {string[]} files
 * @returns {Record<string, string>}
 */
function hashEach(files) {
  const present = files.filter((file) => existsSync(file)).sort();
  return Object.fromEntries(
    present.map((file) => [relative(root, file), sha256(readFileSync(file))]),
  );
}

/** One SHA-256 over several. */
export const digest = (/** @type {unknown} */ value) => sha256(JSON.stringify(value) ?? '');

const rootFiles = ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml', '.npmrc'];

/** What an installation depends on: the manifests, the lock file, pnpm's version and the kind of machine. */
export function installInputs() {
  const manifests = packages().map((name) => fromRoot(name, 'package.json'));
  const tools = fromRoot('infra/local/tools/package.json');
  const files = [...rootFiles.map((name) => fromRoot(name)), tools, ...manifests];
  return { ...hashEach(files), machine: `${process.platform} ${process.arch}` };
}

/** What a build depends on, beside the installed packages: each source and setting of each package. */
export function buildInputs() {
  const settings = readdirSync(root).filter((name) => /^tsconfig.*\.json$/.test(name));
  const sources = packages().flatMap((name) => filesIn(fromRoot(name), made));
  return hashEach([...settings.map((name) => fromRoot(name)), ...sources]);
}

/** What a build has left: compiled files, the Prisma client, the reference page; and what the compiler remembers. */
export function buildOutputs() {
  const folders = packages().map((name) => fromRoot(name, 'dist'));
  folders.push(fromRoot('prisma/src/generated'));
  const files = folders.flatMap((folder) => filesIn(folder, new Set()));
  return {
    files: hashEach(files.filter((file) => !isMemory(file))),
    memory: hashEach(files.filter(isMemory)),
  };
}
