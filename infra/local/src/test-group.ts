import { pathToFileURL } from 'node:url';

/**
 * A program of its own: runs the test files that TEST_FILES names, separated by commas, in this process.
 * Not as arguments: tap names a test's directory after them.
 */
for (const file of (process.env.TEST_FILES ?? '').split(',')) {
  await import(pathToFileURL(file).href);
}
