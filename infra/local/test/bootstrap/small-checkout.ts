import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Test } from 'tap';
import { givenEnvironment } from '../../src/config.js';
import { fromRoot } from '../../src/run/layout.js';

/** Stands for the compiler: says on what ground it builds, and makes what a build makes. */
const makeScript = `
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
const memory = 'a/dist/tsconfig.tsbuildinfo';
appendFileSync('builds.log', existsSync(memory) ? 'more ' : 'all ');
const source = readFileSync('a/source.txt', 'utf8');
mkdirSync('a/dist', { recursive: true });
writeFileSync('a/dist/made.txt', source);
if (source === 'hang') { console.log('hanging'); setInterval(() => {}, 1000); }
else if (source === 'wrong') process.exitCode = 2;
else writeFileSync(memory, 'memory');
`;

const lockFile = `lockfileVersion: '9.0'

settings:
  autoInstallPeers: true
  excludeLinksFromLockfile: false

importers:

  .: {}

  a: {}

  b:
    dependencies:
      a:
        specifier: workspace:*
        version: link:../a
`;

const json = (value: object) => `${JSON.stringify(value, null, 2)}\n`;

/** The files of a workspace of two packages with our bootstrap, which compiles nothing. */
const files = (engine: string): Record<string, string> => ({
  'package.json': json({
    name: 'small',
    private: true,
    type: 'module',
    engines: { node: engine },
    scripts: { build: 'node make.js', which: 'node which.js' },
  }),
  'pnpm-workspace.yaml': 'packages: [a, b]\n',
  'pnpm-lock.yaml': lockFile,
  'tsconfig.json': json({ files: [], references: [{ path: 'a' }, { path: 'b' }] }),
  'make.js': makeScript,
  'which.js': `console.log('node ' + process.execPath);`,
  'a/package.json': json({ name: 'a', version: '1.0.0' }),
  'a/source.txt': 'one',
  'b/package.json': json({ name: 'b', version: '1.0.0', dependencies: { a: 'workspace:*' } }),
});

/** A checkout that shares the tools of this one: nothing comes from the registry. */
export function smallCheckout(t: Test, engine = '>=24') {
  const root = mkdtempSync(join(tmpdir(), 'comprimemelo-bootstrap-'));
  t.teardown(() => rmSync(root, { recursive: true, force: true }));
  const write = (name: string, content: string) => {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), content);
  };
  for (const [name, content] of Object.entries(files(engine))) write(name, content);
  for (const name of ['bootstrap.js', 'bootstrap', 'tools', 'package.json']) {
    cpSync(fromRoot('infra/local', name), join(root, 'infra/local', name), { recursive: true });
  }
  mkdirSync(join(root, '.data/tools'), { recursive: true });
  const modules = join('.data/tools/node_modules');
  symlinkSync(fromRoot(modules), join(root, modules));
  return { root, write };
}

/** Runs a command of bootstrap.js in that checkout, in a process group of its own. */
export function bootstrap(root: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, [join(root, 'infra/local/bootstrap.js'), ...args], {
    cwd: root,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...givenEnvironment(), ...env },
  });
  const output = { text: '' };
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output.text += chunk.toString();
    });
  }
  const ended = once(child, 'close').then(([code, signal]) => ({
    code: code as number | null,
    signal: signal as string | null,
    text: output.text,
  }));
  return { child, output, ended };
}
