import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import t, { type Test } from 'tap';
import { testedSystem } from '../config.js';
import { readText, shellSteps, withoutShell } from './pages.js';
import { runSteps, withoutPrograms } from './run-steps.js';

const run = promisify(execFile);
const { origin } = testedSystem();
const tour = readText('docs/tour.md');
const skip = withoutPrograms(['curl', 'jq', 'python3']);

/** The JSON document that an output begins with, as json.tool lays it out. */
const firstJson = (text = '') => JSON.parse(text.slice(0, text.indexOf('\n}\n') + 2));

/** What a zip holds by name, read by Python. */
async function unzip(archive: string): Promise<Record<string, string>> {
  const folder = `${archive}.d`;
  await run('python3', ['-m', 'zipfile', '-e', archive, folder]);
  const names = await readdir(folder);
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return Object.fromEntries(names.map((name, index) => [name, texts[index] ?? '']));
}

const numbers = Array.from({ length: 100_000 }, (_, index) => `${index + 1}\n`).join('');

type Check = (t: Test, printed: string) => void;

/** A task that has been done, as the first JSON document of an output. */
const isDone = (t: Test, printed: string, wanted: object) =>
  t.match(firstJson(printed), { status: 'processed', available: true, ...wanted });

/** What the steps print, in their order. */
const checks: Record<string, Check> = {
  'Sign up and log in': (t, printed) => t.match(firstJson(printed), { username: 'ada' }),
  'Compress a file': (t, printed) => {
    isDone(t, printed, { operation: 'compress', results: [{ name: 'numbers.zip' }] });
    t.match(printed, /^numbers\.txt .* 588895$/m);
  },
  'Watch a task': (t, printed) => {
    const states = [...printed.matchAll(/^id: .+\nevent: task\ndata: (.+)\n$/gm)];
    t.match(JSON.parse(states.at(-1)?.[1] ?? ''), { status: 'processed', progress: 100 });
  },
  'Put several files into one archive': (t, printed) =>
    t.match(printed, /^processed\n.* numbers\.txt\n.* today\.txt\n$/),
  'List tasks and files': (t, printed) => {
    t.match(firstJson(printed).items, [{ results: [{ name: 'bundle.tar.gz' }] }]);
    t.match(printed, /"kind": "result",\n *"name": "numbers\.zip"/);
  },
  'Upload now, work later': (t, printed) => t.equal(printed, 'processed\nthe same bytes\n'),
  'Look into an archive': (t, printed) => {
    const [status, ...json] = printed.split('\n');
    t.equal(status, 'processed');
    t.match(JSON.parse(json.join('\n')), {
      archive: { format: 'tar.gz', entries: 2 },
      items: [{ path: 'numbers.txt', size: 588_895 }, { path: 'today.txt' }],
    });
  },
  Decompress: (t, printed) => {
    isDone(t, printed, { results: [{ path: 'numbers.txt' }, { path: 'today.txt' }] });
    t.match(printed, /^}\n.+\n$/m, 'and the content of today.txt');
  },
  Convert: (t, printed) =>
    t.match(printed, /^convert\nFile Name.*\nnumbers\.txt .*\ntoday\.txt .*\n$/),
  'Change a task and run it again': (t, printed) => {
    const [status, ...json] = printed.split('\n');
    t.equal(status, 'uploaded');
    isDone(t, json.join('\n'), {
      attempts: 2,
      options: { encryptNames: true },
      results: [{ name: 'bundle.7z' }],
    });
  },
  'Use the shell script': (t, printed) => {
    t.match(printed, /^\.\/both\.7z\nKIND .*\nfile .* numbers\.txt\nfile .* today\.txt\n/m);
    t.match(printed, 'extracted/numbers.txt\nextracted/today.txt\n');
    t.match(printed, /processed\t100%\tdecompress/);
  },
  'Receive webhooks': (t, printed) => {
    t.match(firstJson(printed), { url: 'https://hooks.example/tour', secret: /^whsec_/ });
    t.match(printed, /"type": "webhook\.test"/);
    t.match(printed, /"status": "pending"/);
    t.match(printed, /^}\n204\n$/m);
  },
  'Read an error': (t, printed) =>
    t.match(firstJson(printed), { type: '/problems/unsupported-format', supported: ['zip'] }),
  'Renew a token, log out': (t, printed) => {
    t.match(firstJson(printed), { email: 'ada@example.com' });
    t.match(printed, /^}\n204\n$/m);
  },
  Delete: (t, printed) => t.equal(printed, '204\n204\n204\n'),
};

t.test('the tour does what it says, line by line', { skip }, async (t) => {
  const directory = await mkdtemp(join(tmpdir(), 'tour-'));
  t.teardown(() => rm(directory, { recursive: true, force: true }));
  const printed = await runSteps(shellSteps(tour), { directory, files: ['openapi'] });
  const made = (name: string) => join(directory, 'tour', name);

  t.strictSame([...printed.keys()], Object.keys(checks), 'every step is checked');
  for (const [title, text] of printed) t.test(title, async (t) => checks[title]?.(t, text));

  const today = await readFile(made('today.txt'), 'utf8');
  t.ok(printed.get('Decompress')?.endsWith(`\n${today}`), 'a result is downloaded by its id');
  t.strictSame(await unzip(made('numbers.zip')), { 'numbers.txt': numbers });
  const both = { 'numbers.txt': numbers, 'today.txt': today };
  t.strictSame(await unzip(made('bundle.zip')), both);
  const { stdout } = await run('tar', ['-xzOf', made('bundle.tar.gz'), 'numbers.txt']);
  t.equal(stdout, numbers);
  const body = new URLSearchParams({ username: 'ada', password: 'correct-horse' });
  const logIn = await fetch(`${origin}/api/auth/login`, { method: 'POST', body });
  t.equal(logIn.status, 401, 'the account is gone');
});

t.test('every address outside of the shell blocks answers', async (t) => {
  const text = ['README.md', 'docs/tour.md', 'docs/api.md'].map(readText).join('\n');
  const paths = [...withoutShell(text).matchAll(/http:\/\/127\.0\.0\.1:8080([\w/.-]*)/g)];
  t.ok(paths.length > 4);
  for (const [, path = ''] of paths) {
    const response = await fetch(`${origin}${path}`);
    t.equal(response.status, 200, `${path || '/'} answers`);
  }
});
