import { fileURLToPath } from 'node:url';
import { nodeFlags } from '@comprimemelo/service/process/node-flags';
import t from 'tap';
import { givenEnvironment, testTimeout } from '../config.js';
import { groupTestFiles } from './test-groups.js';

/**
 * A program of its own: runs the test files of its arguments by tap, and writes TAP.
 *
 * `tap run` would load its TypeScript, mocking and coverage hooks into every file and into every process that a
 * test starts. That doubles their CPU time and changes their environment; env(1) takes the hooks out again.
 */
/** Groups at a time: on two cores each waits for servers and programs half of its time. */
const jobs = 4;
/** Seconds for a process, and for a test within it. */
const timeout = testTimeout();
const group = fileURLToPath(new URL('./test-group.js', import.meta.url));

t.jobs = jobs;
t.setTimeout(0);
for (const { name, files, measures } of groupTestFiles(process.argv.slice(2))) {
  void t.spawn(
    'env',
    ['--unset=NODE_OPTIONS', process.execPath, ...nodeFlags, '--enable-source-maps', group, name],
    {
      // Those after one that is not buffered wait.
      buffered: !measures,
      timeout: timeout * 1000,
      env: { ...givenEnvironment(), TEST_FILES: files.join(), TAP_TIMEOUT: String(timeout) },
    },
    name,
  );
}
