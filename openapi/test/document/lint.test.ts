import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import t from 'tap';
import { childEnvironment } from '../config.js';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../../', import.meta.url));

/** A linter's output. It exits with 1 where it has found something: what it says is looked at all the same. */
async function lint(program: string, args: string[]): Promise<string> {
  const options = {
    cwd: root,
    env: childEnvironment({ REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' }),
  };
  const binary = `${root}node_modules/.bin/${program}`;
  const { stdout } = await run(binary, args, options).catch((error: { stdout?: string }) => {
    if (error.stdout === undefined) throw error;
    return { stdout: error.stdout };
  });
  return stdout;
}

t.test('Redocly finds nothing, by its recommended rules', async (t) => {
  const output = await lint('redocly', ['lint', 'openapi.json', '--format=json']);
  const { totals, problems } = JSON.parse(output);
  t.same(totals, { errors: 0, warnings: 0, ignored: 0 });
  t.same(problems, []);
});

t.test('Spectral finds nothing, by its recommended rules', async (t) => {
  const output = await lint('spectral', ['lint', 'openapi.json', '--format=json', '--quiet']);
  t.same(JSON.parse(output), []);
});
