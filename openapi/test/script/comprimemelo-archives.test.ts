import { randomBytes } from 'node:crypto';
import { chmod, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { testOrigin } from '../config.js';
import { person, program, run, skip } from './command-line.js';

const secret = 'between "us" \\ ü';

/** Somebody who is logged in and has two files, and a `curl` and a `jq` before the real ones that note their arguments. */
async function owner(t: Test) {
  const who = await person(t);
  const { folder, env, signUp } = who;
  const noted = join(folder, 'arguments');
  await writeFile(noted, '');
  for (const name of ['curl', 'jq']) {
    const real = (await run('sh', ['-c', `command -v ${name}`], {})).stdout.trim();
    const lines = ['#!/bin/sh', `printf '%s\\n' "$@" >> '${noted}'`, `exec ${real} "$@"`];
    await writeFile(join(folder, name), `${lines.join('\n')}\n`);
    await chmod(join(folder, name), 0o755);
  }
  await signUp();
  await writeFile(join(folder, 'one.txt'), 'one');
  await writeFile(join(folder, 'two.txt'), 'two');
  const noting = { ...env, PATH: `${folder}:${env.PATH}` };
  const comprimemelo = (args: string[], more: NodeJS.ProcessEnv = {}) =>
    run(program, args, { cwd: folder, env: { ...noting, ...more } });
  return { ...who, env: noting, comprimemelo, noted };
}

const both = ['one.txt', 'two.txt'];

t.test('the password of an archive is on no command line', { skip }, async (t) => {
  const { folder, comprimemelo, noted } = await owner(t);
  const known = { COMPRIMEMELO_ARCHIVE_PASSWORD: secret };
  const hidden = ['compress', ...both, '--format', '7z', '--name', 'both', '--encrypt-names'];
  t.match(await comprimemelo(hidden, known), { code: 0, stdout: './both.7z\n', stderr: '' });

  const extract = ['extract', 'both.7z', '--output', 'out'];
  t.match(await comprimemelo(extract), { code: 1, stderr: '/problems/password-required' });
  const other = { COMPRIMEMELO_ARCHIVE_PASSWORD: 'another one' };
  t.match(await comprimemelo(extract, other), { code: 1, stderr: '/problems/password-wrong' });
  await writeFile(join(folder, 'secret'), `${secret}\nand no more\n`);
  t.match(await comprimemelo([...extract, '--password-file', 'secret']), { code: 0, stderr: '' });
  t.equal(await readFile(join(folder, 'out', 'two.txt'), 'utf8'), 'two');

  const convert = ['convert', 'both.7z', '--format', '7z', '--name', 'again', '--force'];
  t.match(await comprimemelo([...convert, '--output', 'out'], known), { code: 0 });
  t.match(await comprimemelo([...extract, '--password-file', 'none']), { code: 2 });
  t.match(await comprimemelo([...extract, '--password']), {
    code: 2,
    stderr: 'without a terminal',
  });
  const said = await readFile(noted, 'utf8');
  t.match(said, '/api/tasks', 'the arguments were noted');
  for (const piece of ['between', 'another']) t.notOk(said.includes(piece), piece);
});

t.test('it is asked for on a terminal, twice where an archive is made', { skip }, async (t) => {
  const { folder, env } = await owner(t);
  const typed = (args: string, lines: string) =>
    run(
      'script',
      ['-qec', `${program} ${args} --password`, '/dev/null'],
      { cwd: folder, env },
      (child) => child.stdin?.write(lines),
    );
  const compress = 'compress one.txt --format 7z --quiet';
  t.match(await typed(compress, 'hidden\nhidden?\n'), { code: 2, stdout: /do not match/ });
  t.match(await typed(compress, 'hidden\nhidden\n'), {
    code: 0,
    stdout: /Repeat the password: [\s\S]*one\.7z/,
  });
  const extract = 'extract one.7z --quiet --output out';
  t.match(await typed(extract, 'hidden\n'), { code: 0, stdout: /password: [\s\S]*out\/one\.txt/ });
});

t.test('the parts of a split archive are one', { skip }, async (t) => {
  const { folder, comprimemelo } = await owner(t);
  await writeFile(join(folder, 'noise'), randomBytes(200_000));
  const made = await run('zip', ['-qs', '64k', 'all.zip', 'noise'], { cwd: folder });
  t.equal(made.code, 0, made.stderr);
  const parts = ['all.z02', 'all.zip', 'all.z01', 'all.z03'];
  t.match(await comprimemelo(['inspect', ...parts]), {
    code: 0,
    stdout: /^KIND.*\nfile +200000 .* noise\n$/,
  });
  const extract = await comprimemelo(['extract', ...parts, '--output', 'out']);
  t.match(extract, { code: 0, stdout: 'out/noise\n' });
  const convert = await comprimemelo(['convert', ...parts, '--format', 'tar']);
  t.match(convert, { code: 0, stdout: 'all.tar\n' });
  const some = parts.filter((name) => name !== 'all.z02');
  t.match(await comprimemelo(['extract', ...some]), { code: 1, stderr: /all\.z02 is missing/ });
  t.match(await comprimemelo(['inspect', ...some]), {
    code: 0,
    stdout: /noise\n$/,
    stderr: /extract would fail: .*\/problems\/volumes-missing\n.*all\.z02 is missing/,
  });
});

t.test('of an archive what is asked for is taken, and all is shown', { skip }, async (t) => {
  const { folder, comprimemelo } = await owner(t);
  const made = await run(
    'tar',
    ['-cf', 'a.tar', '--transform', 's,two,\x1b[31mred\u202e,', ...both],
    {
      cwd: folder,
    },
  );
  t.equal(made.code, 0, made.stderr);
  const inspect = await comprimemelo(['inspect', 'a.tar']);
  t.match(inspect, { code: 0, stderr: '' });
  const [head, one, two] = inspect.stdout.split('\n');
  t.match(head, /^KIND +SIZE +PACKED +MODIFIED \(UTC\) +DANGER +PATH$/);
  t.match(one, /^file +3 +512 \d{4}-\d\d-\d\dT[\d:]{8} - +one\.txt$/);
  t.match(two, /^file .* control-character "\\u001b\[31mred\?\.txt"$/);

  const asked = ['--entry', 'one.txt', '--output', 'out'];
  const extract = await comprimemelo(['extract', 'a.tar', ...asked]);
  t.match(extract, { code: 0, stdout: 'out/one.txt\n' });
  t.match(await comprimemelo(['convert', 'a.tar', ...asked]), { code: 0, stdout: 'out/a.zip\n' });
  t.strictSame((await readdir(join(folder, 'out'))).sort(), ['a.zip', 'one.txt']);
  const missing = await comprimemelo(['extract', 'a.tar', ...asked, '--entry', 'no', '--force']);
  t.match(missing, { code: 1, stderr: /entry: no\n.*\/problems\/entry-not-found/ });
});

t.test('the encoding of names is passed on', { skip }, async (t) => {
  const { folder, comprimemelo, tokens } = await owner(t);
  await run('tar', ['-cf', 'a.tar', ...both], { cwd: folder });
  const asked = ['extract', 'a.tar', '--no-wait', '--name-encoding'];
  const taken = await comprimemelo([...asked, 'SJIS']);
  t.match(taken, { code: 0, stderr: '' });
  const { access_token: token } = JSON.parse(await readFile(tokens, 'utf8'));
  const response = await fetch(`${testOrigin()}/api/tasks/${taken.stdout.trim()}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  t.match(await response.json(), { options: { nameEncoding: 'shift_jis' } });
  const unknown = await comprimemelo([...asked, 'cp438']);
  t.match(unknown, {
    code: 1,
    stderr: /did you mean `cp437`\?[\s\S]*\/problems\/unsupported-encoding/,
  });
});

t.test('a long list of entries is shown to its end', { skip }, async (t) => {
  const { folder, comprimemelo } = await owner(t);
  const names = Array.from({ length: 250 }, (_, at) => `${at}.txt`);
  for (const name of names) await writeFile(join(folder, name), '');
  await run('tar', ['-cf', 'many.tar', ...names], { cwd: folder });
  const { stdout } = await comprimemelo(['inspect', 'many.tar']);
  t.strictSame(
    stdout
      .trim()
      .split('\n')
      .slice(1)
      .map((row) => row.split(' ').at(-1)),
    names,
  );
});

t.test('what failed for the want of a password is tried again with it', { skip }, async (t) => {
  const { comprimemelo } = await owner(t);
  const known = { COMPRIMEMELO_ARCHIVE_PASSWORD: 'between us' };
  t.match(await comprimemelo(['compress', ...both, '--name', 'both'], known), { code: 0 });
  const id = (await comprimemelo(['extract', 'both.zip', '--no-wait'])).stdout.trim();
  t.match(await comprimemelo(['watch', id]), { code: 1, stderr: '/problems/password-required' });
  const retry = await comprimemelo(['retry', id, '--output', 'out'], known);
  t.match(retry, { code: 0, stdout: 'out/one.txt\nout/two.txt\n', stderr: '' });
  t.match(await comprimemelo(['retry', id]), { code: 1, stderr: '/problems/task-not-failed' });
  t.match(await comprimemelo(['cancel', id]), { code: 1, stderr: /\/problems\/task-\w+/ });
});

t.test('a task is stopped, and tried again', { skip }, async (t) => {
  const { folder, comprimemelo } = await owner(t);
  await writeFile(join(folder, 'noise'), randomBytes(32 * 1024 * 1024));
  const pack = ['compress', 'noise', '--format', '7z', '--level', 'best', '--no-wait'];
  const id = (await comprimemelo(pack)).stdout.trim();
  t.match(await comprimemelo(['cancel', id]), { code: 0, stdout: '', stderr: '' });
  t.match(await comprimemelo(['watch', id]), { code: 1, stderr: 'the task was cancelled' });
  t.match(await comprimemelo(['retry', id, '--no-wait']), { code: 0, stdout: `${id}\n` });
  t.equal((await comprimemelo(['delete', id])).code, 0);
});
