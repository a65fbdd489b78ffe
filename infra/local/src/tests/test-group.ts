import { pathToFileURL } from 'node:url';
import t from 'tap';
import { groupedTestFiles } from '../config.js';

/**
 * A program of its own: runs the test files that TEST_FILES names, separated by commas, in this process.
 * Not as arguments: tap names a test's directory after them.
 */

// Every logger of every file listens for the end of the process.
process.setMaxListeners(0);

// Tests wait for this. Else tap, which ends a moment after the last test that it knows once a file has named
// a teardown, could end while the next file still waits for a server.
t.before(async () => {
  for (const file of groupedTestFiles()) {
    await import(pathToFileURL(file).href);
  }
});
