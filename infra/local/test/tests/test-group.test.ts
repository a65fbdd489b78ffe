import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import t from 'tap';
import { givenEnvironment } from '../../src/config.js';

const pathOf = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const { TAP_CHILD_ID: _, ...env } = givenEnvironment();

/** Runs the files as a group; what it prints and how it ends. */
const runGroup = (...names: string[]) =>
  promisify(execFile)(process.execPath, [pathOf('../../src/tests/test-group.js')], {
    env: { ...env, TEST_FILES: names.map((name) => pathOf(`../group/${name}.js`)).join() },
  });

t.test('a file that waits before its tests is not cut off by one with a teardown', async (t) => {
  const { stdout } = await runGroup('with-teardown', 'waits-first');
  t.match(stdout, /^ok 1 - of the first file/m);
  t.match(stdout, /^ok 2 - of the second file/m);
  t.match(stdout, /^1\.\.2$/m);
});

t.test('a file that cannot be loaded fails the group', async (t) => {
  await t.rejects(runGroup('with-teardown', 'absent'), { code: 1 });
});
