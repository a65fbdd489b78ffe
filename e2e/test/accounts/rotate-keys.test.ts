import { execFile } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import t from 'tap';
import { newClient } from '../client/api-client.js';
import { childEnvironment, testedSystem } from '../config.js';

const run = promisify(execFile);
const { origin, logDir } = testedSystem();
const bootstrap = fileURLToPath(new URL('../../../../infra/local/bootstrap.js', import.meta.url));

async function publishedKeys(): Promise<string[]> {
  const response = await fetch(`${origin}/.well-known/jwks.json`);
  const { keys } = (await response.json()) as { keys: { kid: string }[] };
  return keys.map(({ kid }) => kid);
}

t.test('npm run rotate-keys publishes a second key, and nobody notices', async (t) => {
  const before = await newClient(origin);
  const known = await publishedKeys();
  const rotate = (dataDir: string) =>
    run(process.execPath, [bootstrap, 'rotate-keys'], {
      env: childEnvironment({ DATA_DIR: dataDir }),
    });
  const { stdout } = await rotate(dirname(logDir));
  const [, added = ''] = /^The key (\S+) is published/.exec(stdout) ?? [];
  t.same(new Set(await publishedKeys()), new Set([...known, added]));
  for (const client of [before, await newClient(origin)]) {
    for (const path of ['/api/auth/me', '/api/tasks', '/api/files']) {
      t.equal((await client.request(path)).status, 200, path);
    }
  }
  await t.rejects(rotate(t.testdir()), { code: 1, stderr: /The system is not running/ });
});
