import { mkdir, symlink, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import t, { type Test } from 'tap';
import { person, program, run, skip } from './command-line.js';

const names = [
  'photos/a.txt',
  'photos/2026/a.txt',
  'photos/2026/a "quoted", odd; %22 name.txt',
  'photos/2026/line\nfeed.txt',
  'photos/-x/.hidden',
];
const time = new Date('2021-05-06T07:08:10.000Z');

/** Somebody who is logged in and has a folder of files, each with the time. */
async function owner(t: Test) {
  const who = await person(t);
  await who.signUp();
  for (const name of names) {
    const location = join(who.folder, name);
    await mkdir(dirname(location), { recursive: true });
    await writeFile(location, name);
    await utimes(location, time, time);
  }
  return who;
}

/** What the archive holds but its folders, each path with its time in whole seconds. */
async function held(folder: string, archive: string): Promise<Record<string, string>> {
  const script = `import sys, tarfile, json
print(json.dumps({m.name: m.mtime for m in tarfile.open(sys.argv[1]) if m.isfile()}))`;
  const { stdout, stderr } = await run('python3', ['-c', script, archive], { cwd: folder });
  if (stderr !== '') throw new Error(stderr);
  const times = Object.entries(JSON.parse(stdout) as Record<string, number>);
  return Object.fromEntries(
    times.map(([path, seconds]) => [path, new Date(Math.floor(seconds) * 1_000).toISOString()]),
  );
}

const timed = (paths: string[]) =>
  Object.fromEntries(paths.map((path) => [path, time.toISOString()]));

/** As the service keeps them: names hold no control characters. */
const kept = names.map((name) => name.replace('\n', '_'));

t.test(
  'a folder goes in with its paths and times, and gives the archive its name',
  { skip },
  async (t) => {
    const { folder, env, comprimemelo } = await owner(t);
    await writeFile(join(folder, 'notes.txt'), 'n');
    await utimes(join(folder, 'notes.txt'), time, time);
    const tar = ['--format', 'tar'];
    t.match(await comprimemelo('compress', 'photos/', ...tar), {
      code: 0,
      stdout: './photos.tar\n',
      stderr: '',
    });
    t.same(await held(folder, 'photos.tar'), timed(kept));

    const both = await comprimemelo(
      'compress',
      'photos',
      join('photos', 'a.txt'),
      'notes.txt',
      ...tar,
    );
    t.match(both, { code: 0, stdout: './archive.tar\n' });
    t.same(await held(folder, 'archive.tar'), timed([...kept, 'a.txt', 'notes.txt']));

    const below = { cwd: join(folder, 'photos', '2026'), env };
    const here = await run(program, ['compress', '.', ...tar, '--output', '..'], below);
    t.match(here, { code: 0, stdout: '../archive.tar\n', stderr: '' });
    const inside = kept
      .filter((path) => path.startsWith('photos/2026/'))
      .map((path) => path.slice(12));
    t.same(await held(folder, 'photos/archive.tar'), timed(inside));
    const up = await run(program, ['compress', '..', ...tar], below);
    t.match(up, { code: 0, stdout: './photos.tar\n', stderr: '' });
  },
);

t.test('folders are left away where that is asked for', { skip }, async (t) => {
  const { folder, comprimemelo } = await owner(t);
  const flat = ['compress', 'photos', '--flatten', '--format', 'tar', '--name', 'flat'];
  t.match(await comprimemelo(...flat), { code: 0, stdout: './flat.tar\n' });
  const paths = Object.keys(await held(folder, 'flat.tar'));
  t.same(paths.length, names.length);
  t.ok(paths.includes('a.txt') && paths.includes('a (2).txt'), paths.join());
});

t.test('what is left out of a folder is said', { skip }, async (t) => {
  const { folder, comprimemelo } = await owner(t);
  await mkdir(join(folder, 'photos', 'empty'));
  await mkdir(join(folder, 'nothing'));
  await symlink('a.txt', join(folder, 'photos', 'link'));
  const { code, stderr } = await comprimemelo('compress', 'photos');
  t.equal(code, 0);
  t.same(stderr.trim().split('\n'), [
    'comprimemelo: left out, not a file: photos/link',
    'comprimemelo: left out, an empty folder: photos/empty',
  ]);
  const nothing = await comprimemelo('compress', 'nothing');
  t.match(nothing, { code: 2, stderr: /an empty folder: nothing\n.*there are no files/ });
  const extract = await comprimemelo('extract', 'photos');
  t.match(extract, { code: 2, stderr: 'photos is not a file that can be read' });
});
