import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { documentPath } from '../../src/paths.js';

const check = fileURLToPath(new URL('../../src/check.js', import.meta.url));
const run = (...paths: string[]) =>
  spawnSync(process.execPath, [check, ...paths], { encoding: 'utf8' });

t.test('the committed document is what the route schemas say', async (t) => {
  const { status, stderr } = run();
  t.equal(status, 0, stderr);
});

t.test('another one is refused, and the difference is shown', async (t) => {
  const committed = await readFile(documentPath, 'utf8');
  const path = join(t.testdir(), 'openapi.json');
  await writeFile(path, committed.replace('"summary": "Sign up"', '"summary": "Sign down"'));
  const { status, stderr } = run(path);
  t.equal(status, 1);
  t.match(
    stderr,
    'paths > /api/auth/signup > post > summary\n  - "Sign down"\n  + "Sign up"\n\nRun `npm run openapi`',
  );
});
