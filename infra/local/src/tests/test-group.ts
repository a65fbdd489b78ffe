import { pathToFileURL } from 'node:url';
import t from 'tap';

/**
 * A program of its own: runs the test files that TEST_FILES names, separated by commas, in this process.
 * Not as arguments: tap names a test's directory after them.
 */
const root = Object.getPrototypeOf(t) as object;
const isIdle = (): boolean => Reflect.get(root, 'idle', t) === true;
let loading = true;

// Every logger of every file listens for the end of the process.
process.setMaxListeners(0);

// Once a file has named a teardown, tap ends when it is idle for a moment: while the next one waits for a server.
Object.defineProperty(t, 'idle', { get: () => !loading && isIdle() });
for (const file of (process.env.TEST_FILES ?? '').split(',')) {
  await import(pathToFileURL(file).href);
}
loading = false;
t.emit('idle');
