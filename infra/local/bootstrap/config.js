// @ts-check
import { delimiter } from 'node:path';

/** The environment as it was given; nothing else under `bootstrap` reads it. */
export const givenEnvironment = () => process.env;

/**
 * Puts a folder in front of the PATH, for every program that is started from here on.
 * @param {string} folder
 */
export function putFirstOnPath(folder) {
  process.env.PATH = [folder, process.env.PATH].filter(Boolean).join(delimiter);
}
