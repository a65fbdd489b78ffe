import { truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tarBytes } from '@comprimemelo/testing/archives/tar-bytes';
import { freshFolder } from '@comprimemelo/testing/folders';
import { runShell } from '@comprimemelo/testing/programs/run-program';
import type { Test } from 'tap';
import t from 'tap';
import { readTar } from '../../../src/engines/tar/read-tar.js';
import { readEntries, sha256 } from '../../fixtures/read-entries.js';

/** Runs a line of shell in a fresh folder, with the archive to make as `$1`, and reads that. */
async function made(t: Test, line: string) {
  const folder = await freshFolder(t);
  const archive = join(await freshFolder(t), 'made.tar');
  await runShell(folder, line, archive);
  return readEntries(archive, readTar);
}

/** The same, of bytes. */
async function entriesOf(t: Test, bytes: Buffer) {
  const archive = join(await freshFolder(t), 'a.tar');
  await writeFile(archive, bytes);
  return readEntries(archive, readTar);
}

const holes = 'truncate -s 3M d; printf x >> d; ';
const withHoles = Buffer.concat([Buffer.alloc(3 * 1024 * 1024), Buffer.from('x')]);
const sparse = {
  'bsdtar, 1.0': 'bsdtar -cf "$1" d',
  'GNU tar, 1.0': 'tar --format=pax --sparse -cf "$1" d',
  'GNU tar, 0.1': 'tar --format=pax --sparse --sparse-version=0.1 -cf "$1" d',
  'GNU tar, 0.0': 'tar --format=pax --sparse --sparse-version=0.0 -cf "$1" d',
  "GNU tar's own": 'tar --format=gnu --sparse -cf "$1" d',
};
for (const [name, line] of Object.entries(sparse)) {
  t.test(`a sparse file by ${name} has its name, its size and its bytes`, async (t) => {
    t.match(await made(t, holes + line), [
      { rawPath: 'd', type: 'file', size: withHoles.length, sha256: sha256(withHoles) },
    ]);
  });
}

t.test('a sparse map of many stretches goes on in further blocks', async (t) => {
  const write =
    'for i in $(seq 0 40); do printf $i | dd of=d bs=1 seek=$((i * 100000)) conv=notrunc status=none; done; ';
  for (const version of ['--format=gnu', '--format=pax']) {
    const [entry] = await made(t, `${write} tar ${version} --sparse -cf "$1" d`);
    const [plain] = await made(t, `${write} tar --hole-detection=raw -cf "$1" d`);
    t.equal(entry?.size, 4_000_002);
    t.equal(entry?.sha256, plain?.sha256, version);
  }
});

t.test('an incremental backup has times where ustar has a prefix', async (t) => {
  const entries = await made(t, 'mkdir dir; echo a > dir/a.txt; tar -g snapshot -cf "$1" dir');
  t.strictSame(
    entries.map(({ rawPath, type }) => [rawPath, type]),
    [
      ['dir/', 'directory'],
      ['dir/a.txt', 'file'],
    ],
  );
});

t.test('a volume label is no entry', async (t) => {
  t.match(await made(t, 'echo a > a; tar -V label -cf "$1" a'), [{ rawPath: 'a', size: 2 }]);
});

t.test('links have their targets, and times their fractions', async (t) => {
  const line = `mkdir d; echo a > d/a; touch -d '1969-12-31 23:59:58.75Z' d/a; ln d/a d/hard; ln -s a d/soft
    tar --sort=name --format=pax -cf "$1" d`;
  const [, file, hard, soft] = await made(t, line);
  t.match(file, { modified: { seconds: -2, nanoseconds: 750_000_000 } });
  t.match(hard, { rawPath: 'd/hard', type: 'hardlink', target: 'd/a', size: 0 });
  t.match(soft, { rawPath: 'd/soft', type: 'symlink', target: 'a', size: 0 });
});

t.test('long names of every format are whole, and bytes that are no text stay', async (t) => {
  const long = `${'n'.repeat(120)}/${'m'.repeat(200)}`;
  for (const format of ['gnu', 'pax']) {
    const line = `mkdir ${long.slice(0, 120)}; echo a > ${long}; tar --format=${format} -cf "$1" *`;
    t.match(await made(t, line), [{ type: 'directory' }, { rawPath: long }]);
  }
  for (const format of ['gnu', 'pax', 'ustar']) {
    const line = `echo a > "$(printf 'caf\\351')"; tar --format=${format} -cf "$1" *`;
    t.match(await made(t, line), [{ rawPath: 'caf\xe9', size: 2 }], format);
  }
});

t.test('extended attributes are noticed', async (t) => {
  const line = `echo a > a; tar --format=pax --pax-option='SCHILY.xattr.user.note:=x' -cf "$1" a`;
  t.match(await made(t, line), [{ rawPath: 'a', extended: true }]);
});

t.test('the end of the file is the end of the archive', async (t) => {
  t.match(await made(t, 'echo a > a; tar -cf - a | head -c 1024 > "$1"'), [{ rawPath: 'a' }]);
  t.strictSame(await made(t, 'tar -cf "$1" -T /dev/null'), []);
});

t.test('one empty block between entries ends nothing', async (t) => {
  const one = tarBytes([{ name: 'one', data: Buffer.from('1') }]).subarray(0, 1024);
  const two = tarBytes([{ name: 'two' }]);
  const entries = await entriesOf(t, Buffer.concat([one, Buffer.alloc(512), two]));
  t.strictSame(
    entries.map(({ rawPath }) => rawPath),
    ['one', 'two'],
  );
});

t.test('what is damaged or cut off says where', async (t) => {
  const tar = tarBytes([{ name: 'one', data: Buffer.alloc(2_000) }, { name: 'two' }]);
  const damaged = Buffer.from(tar);
  damaged.write('Z', 2_560, 'latin1');
  await t.rejects(entriesOf(t, damaged), {
    name: 'ArchiveFormatError',
    message: 'The header at byte 2560 of the tar is damaged.',
  });
  await t.rejects(entriesOf(t, tar.subarray(0, 1_000)), {
    message: 'The archive ends before the entry does.',
    rawPath: 'one',
  });
});

t.test('a map that does not fit its file is damage', async (t) => {
  const archive = join(await freshFolder(t), 'a.tar');
  await runShell(await freshFolder(t), `${holes} tar --format=gnu --sparse -cf "$1" d`, archive);
  await truncate(archive, 512);
  await t.rejects(readEntries(archive, readTar), { name: 'ArchiveFormatError' });
});
