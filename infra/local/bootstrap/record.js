// @ts-check
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fromRoot } from './checkout.js';

/** What an installation or a build was made of. It lies in node_modules, and is gone when that is. */
const fileOf = (/** @type {string} */ name) =>
  join(fromRoot('node_modules/.comprimemelo'), `${name}.json`);

/**
 * The record of that name; undefined where there is none that can be read.
 * @param {string} name
 */
export function readRecord(name) {
  const file = fileOf(name);
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * Removed before the work and written behind it: what was interrupted is done again.
 * @param {string} name
 */
export const removeRecord = (name) => rmSync(fileOf(name), { force: true });

/**
 * @param {string} name
 * @param {object} record
 */
export function writeRecord(name, record) {
  const file = fileOf(name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.partial`, JSON.stringify(record));
  renameSync(`${file}.partial`, file);
}
