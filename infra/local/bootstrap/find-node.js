// @ts-check
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fromRoot, readJson } from './checkout.js';

/** The least major version of Node, from `engines` of package.json (`>=24`). */
export const leastMajor = Number(
  /\d+/.exec(readJson(fromRoot('package.json')).engines.node)?.[0] ?? 0,
);

/** @param {string} version with or without its `v` */
export const isEnough = (version) => Number.parseInt(version.replace(/^v/, ''), 10) >= leastMajor;

/**
 * The version that a Node says it has; undefined where there is none that runs.
 * @param {string} path
 */
export function versionOf(path) {
  if (!existsSync(path)) return undefined;
  const { status, stdout } = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 5_000 });
  return status === 0 ? stdout.trim().replace(/^v/, '') : undefined;
}

/** Where version managers keep a folder for each version, and where Node is in that. */
const managers = [
  ['.nvm/versions/node', 'bin/node'],
  ['.local/share/fnm/node-versions', 'installation/bin/node'],
  ['.local/share/mise/installs/node', 'bin/node'],
  ['.asdf/installs/nodejs', 'bin/node'],
  ['.volta/tools/image/node', 'bin/node'],
  ['.nodenv/versions', 'bin/node'],
];

/** @param {string} folder */
function versionsIn(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter((name) => /^v?\d/.test(name) && isEnough(name));
}

/**
 * Every place where a Node that is new enough may be: those of the PATH first.
 * @param {NodeJS.ProcessEnv} env
 */
function candidates({ PATH = '', HOME = '', NVM_DIR }) {
  const folders = [...PATH.split(delimiter), '/usr/local/bin', '/usr/bin'].filter(Boolean);
  const managed = HOME === '' ? [] : managers.map(([at = '', node = '']) => [join(HOME, at), node]);
  if (NVM_DIR) managed.unshift([join(NVM_DIR, 'versions/node'), 'bin/node']);
  managed.push(['/usr/local/n/versions/node', 'bin/node']);
  return [
    ...folders.map((folder) => join(folder, 'node')),
    ...managed.flatMap(([folder = '', node = '']) =>
      versionsIn(folder).map((name) => join(folder, name, node)),
    ),
  ];
}

/**
 * A Node of this machine that is new enough, or undefined.
 * @param {NodeJS.ProcessEnv} env
 */
export function findNode(env) {
  for (const path of new Set(candidates(env))) {
    const version = versionOf(path);
    if (version !== undefined && isEnough(version)) return { path, version, isNew: false };
  }
  return undefined;
}
