import { execFile } from 'node:child_process';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import t from 'tap';
import type { DoMainJob } from '../../clients/main-job.js';
import { testOrigin } from '../config.js';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../../', import.meta.url));
const generated = join(root, 'generated');
const origin = testOrigin();

/** How each client is generated, by the programs of its own package. */
const clients: Record<string, string[]> = {
  'openapi-fetch': [process.execPath, 'clients/openapi-fetch/generate.js'],
  'hey-api': ['node_modules/.bin/openapi-ts', '-f', 'clients/hey-api/openapi-ts.config.js'],
  orval: ['node_modules/.bin/orval', '--config', 'clients/orval/orval.config.js'],
};

/** The compiler that the workspace builds with. */
const compiler = join(root, '../node_modules/.bin/tsc');

t.before(() => rm(generated, { recursive: true, force: true }));

for (const [name, [program = '', ...args]] of Object.entries(clients)) {
  t.test(`${name} generates a client`, () => run(program, args, { cwd: root }));
}

t.test('all of them compile in strict mode', async (t) => {
  const args = ['-p', 'clients/tsconfig.json'];
  const compiled = await run(compiler, args, { cwd: root }).catch((error) => error);
  t.equal(compiled.stdout, '');
});

/** The bytes of the only entry, which is stored or deflated. Read by Python: not by what has written it. */
async function onlyEntry(archive: string): Promise<Buffer> {
  const code =
    'import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); [n] = z.namelist(); sys.stdout.buffer.write(z.read(n))';
  const options = { encoding: 'buffer', maxBuffer: 64 * 1024 * 1024 } as const;
  return (await run('python3', ['-c', code, archive], options)).stdout;
}

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

for (const name of Object.keys(clients)) {
  t.test(`${name} does the main job`, async (t) => {
    const directory = t.testdir();
    const [input, output] = [join(directory, 'input.bin'), join(directory, 'output.zip')];
    const bytes = randomBytes(5_000_000);
    await writeFile(input, bytes);
    const path = join(generated, 'compiled/clients', name, 'main-job.js');
    const { doMainJob } = (await import(path)) as { doMainJob: DoMainJob };
    const username = `c-${randomUUID().slice(0, 30)}`;
    await doMainJob({ origin, username, password: 'correct horse battery', input, output });
    t.equal(sha256(await onlyEntry(output)), sha256(bytes));
    t.ok((await readFile(output)).length > bytes.length);
  });
}
