import { resolve } from 'node:path';

/** The environment as it was given: for children that need all of it, as tests do, and for `npm start`'s settings. */
export const givenEnvironment = (): NodeJS.ProcessEnv => process.env;

/** DATA_DIR as an absolute path, else the directory of the caller. */
export const dataDirectoryOr = (usual: string): string => resolve(process.env.DATA_DIR || usual);

/** Where programs are looked for first. */
export const searchPath = (): string => process.env.PATH ?? '';

/** One port is enough: TEST_PORT is the origin's, and the others follow it. */
export const testPort = (): number => Number(process.env.TEST_PORT || 18_080);

/**
 * Seconds after which a process of the tests, or a test within it, hangs: TEST_TIMEOUT. So many that none takes
 * as long on a busy machine.
 */
export const testTimeout = (): number => Number(process.env.TEST_TIMEOUT || 1_800);

/** The files that a group of tests runs: TEST_FILES, separated by commas. */
export const groupedTestFiles = (): string[] => (process.env.TEST_FILES ?? '').split(',');
