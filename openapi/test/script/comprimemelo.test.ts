import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { person, program, run, skip } from './command-line.js';

t.test('shellcheck finds nothing', { skip }, async (t) => {
  const { code, stdout } = await run('shellcheck', [program], {});
  t.equal(code, 0, stdout);
});

t.test('help goes to standard output, wrong usage is exit code 2', { skip }, async (t) => {
  const { comprimemelo } = await person(t);
  const help = await comprimemelo('--help');
  t.match(help, { code: 0, stdout: 'Exit codes:', stderr: '' });
  for (const args of [[], ['fly'], ['compress'], ['list', '--limit'], ['list', '--color']]) {
    const { code, stdout, stderr } = await comprimemelo(...args);
    t.equal(code, 2, args.join(' '));
    t.equal(stdout, '');
    t.ok(stderr.length > 0);
  }
});

t.test('compress, convert, extract: the bytes come back', { skip }, async (t) => {
  const { folder, comprimemelo, signUp, tokens } = await person(t);
  t.same(await signUp(), { code: 0, stdout: '', stderr: '' });
  t.equal((await stat(tokens)).mode & 0o777, 0o600, 'the tokens are for the owner alone');

  const text = 'line after line\n'.repeat(20_000);
  const odd = 'a "quoted", odd; name.txt';
  await writeFile(join(folder, odd), text);
  await writeFile(join(folder, 'two.txt'), 'two');
  const compressed = await comprimemelo('compress', odd, 'two.txt', '--format=7z');
  t.match(compressed, { code: 2, stderr: 'unknown option --format=7z' });
  const both = [
    'compress',
    odd,
    'two.txt',
    '--format',
    '7z',
    '--name',
    'both',
    '--level',
    'fastest',
  ];
  t.match(await comprimemelo(...both), {
    code: 0,
    stdout: './both.7z\n',
    stderr: '',
  });
  t.match(await comprimemelo(...both), { code: 2, stderr: 'already exists' });
  t.match(await comprimemelo(...both, '--force'), { code: 0, stderr: '' });

  const convert = await comprimemelo('convert', 'both.7z', '--format', 'tar.gz', '--output', 'out');
  t.match(convert, { code: 0, stdout: 'out/both.tar.gz\n' });
  const listed = await run('tar', ['-tzf', 'out/both.tar.gz'], { cwd: folder });
  t.same(listed.stdout.split('\n').filter(Boolean).sort(), [odd, 'two.txt'].sort());

  const extract = await comprimemelo('extract', 'out/both.tar.gz', '--output', 'extracted');
  t.equal(extract.code, 0, extract.stderr);
  t.equal(await readFile(join(folder, 'extracted', odd), 'utf8'), text);
  t.equal(await readFile(join(folder, 'extracted', 'two.txt'), 'utf8'), 'two');
});

t.test(
  'a task that is left to itself can be watched, listed, downloaded, deleted',
  { skip },
  async (t) => {
    const { folder, env, comprimemelo, signUp } = await person(t);
    await signUp();
    await writeFile(join(folder, 'a.txt'), 'a');
    const { stdout } = await comprimemelo('compress', 'a.txt', '--no-wait');
    const id = stdout.trim();
    t.match(id, /^[0-9a-f-]{36}$/);
    // On a terminal there is a bar.
    const command = `${program} watch ${id}`;
    const watched = await run('script', ['-qec', command, '/dev/null'], { cwd: folder, env });
    t.match(watched, { code: 0, stdout: `[${'#'.repeat(50)}] 100%` });
    t.match((await comprimemelo('list')).stdout, `${id}\tprocessed\t100%\tcompress\tzip\ta.txt\n`);
    t.match((await comprimemelo('list', 'files')).stdout, /^\S+\tresult\t\d+\ta\.zip$/m);
    await mkdir(join(folder, 'there'));
    const download = await comprimemelo('download', id, '--output', 'there');
    t.match(download, { code: 0, stdout: 'there/a.zip\n' });
    t.equal((await comprimemelo('delete', id)).code, 0);
    t.match(await comprimemelo('watch', id), { code: 1, stderr: '/problems/task-not-found' });
  },
);

t.test('refusals, failures and absences have exit codes of their own', { skip }, async (t) => {
  const { folder, env, comprimemelo, signUp, username } = await person(t);
  t.match(await comprimemelo('list'), { code: 3, stderr: 'not logged in' });
  await signUp();
  await writeFile(join(folder, 'no.zip'), 'this is no archive');
  const refused = await comprimemelo('compress', 'no.zip', '--format', 'rar');
  t.match(refused, { code: 1, stderr: /supported: zip, 7z.*\n.*\/problems\/unsupported-format/ });
  const failed = await comprimemelo('extract', 'no.zip');
  t.match(failed, { code: 1, stderr: /\/problems\/\w+/ });
  t.match(await comprimemelo('compress', 'none.txt'), {
    code: 2,
    stderr: 'none.txt is not a file',
  });
  const wrong = { ...env, COMPRIMEMELO_PASSWORD: 'another one' };
  const logIn = await run(program, ['login', username], { cwd: folder, env: wrong });
  t.match(logIn, { code: 3, stderr: '/problems/bad-credentials' });
  const away = { ...env, COMPRIMEMELO_URL: 'http://127.0.0.1:1' };
  t.match(await run(program, ['list'], { cwd: folder, env: away }), { code: 4 });
});

t.test(
  'tokens are refreshed when they are about to expire, and forgotten at the end',
  { skip },
  async (t) => {
    const { tokens, comprimemelo, signUp } = await person(t);
    await signUp();
    const before = JSON.parse(await readFile(tokens, 'utf8'));
    await writeFile(tokens, JSON.stringify({ ...before, expires_at: 0, access_token: 'old' }));
    t.match(await comprimemelo('list'), { code: 0, stderr: '' });
    const after = JSON.parse(await readFile(tokens, 'utf8'));
    t.not(after.refresh_token, before.refresh_token);
    t.ok(after.expires_at > Date.now() / 1_000);
    t.equal((await stat(tokens)).mode & 0o777, 0o600);
    t.equal((await comprimemelo('logout')).code, 0);
    t.match(await comprimemelo('list'), { code: 3 });
  },
);
