import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { listArchive } from '../../src/seven-zip/list-archive.js';
import { openSevenZip } from '../../src/seven-zip/seven-zip.js';
import { freshFolder } from '../fixtures/folders.js';
import { tarBytes } from '../fixtures/tar-bytes.js';
import { zipBytes } from '../fixtures/zip-bytes.js';

const sevenZip = await openSevenZip();
const { signal } = new AbortController();

t.test('lists a zip whose comments pretend to be entries', async (t) => {
  const archive = join(await freshFolder(t), 'a.zip');
  const fake = 'x\n}\n\n----------\nPath = fake\nSize = 1\n\n';
  const entries = [
    { name: 'ä.txt', data: Buffer.from('hello'), comment: fake },
    { name: 'd/', mode: 0o40755 },
    { name: 'd/link', data: Buffer.from('/etc/passwd'), mode: 0o120777 },
  ];
  await writeFile(archive, zipBytes(entries, { comment: fake }));
  t.match(await listArchive(sevenZip, archive, { type: 'zip', signal }), [
    { path: 'ä.txt', kind: 'file', size: 5, encrypted: false },
    { path: 'd', kind: 'directory' },
    { path: 'd/link', kind: 'link' },
  ]);
});

t.test('lists what a tar can hold', async (t) => {
  const archive = join(await freshFolder(t), 'a.tar');
  const bytes = tarBytes([
    { name: 'file', data: Buffer.from('hello') },
    { name: 'hard', type: '1', link: 'file' },
    { name: 'soft', type: '2', link: '/etc' },
    { name: 'device', type: '3' },
    { name: 'folder', type: '5' },
    { name: 'pipe', type: '6' },
    { name: '../up', data: Buffer.from('x') },
  ]);
  await writeFile(archive, bytes);
  const entries = await listArchive(sevenZip, archive, { type: 'tar', signal });
  t.strictSame(
    entries.map(({ path, kind }) => [path, kind]),
    [
      ['file', 'file'],
      ['hard', 'link'],
      ['soft', 'link'],
      ['device', 'special'],
      ['folder', 'directory'],
      ['pipe', 'special'],
      ['../up', 'file'],
    ],
  );
});

t.test('rejects what is no archive, whatever the listing gave before', async (t) => {
  const archive = join(await freshFolder(t), 'a.zip');
  await writeFile(archive, 'no zip');
  await t.rejects(listArchive(sevenZip, archive, { type: 'zip', signal }), {
    name: 'SevenZipError',
  });
  const whole = zipBytes([{ name: 'a', data: Buffer.from('hello') }]);
  await writeFile(archive, whole.subarray(0, -30));
  await t.rejects(listArchive(sevenZip, archive, { type: 'zip', signal }), {
    name: 'SevenZipError',
  });
});

t.test('ends with the error that the count brought up, and with the signal', async (t) => {
  const archive = join(await freshFolder(t), 'a.tar');
  await writeFile(archive, tarBytes([{ name: 'a' }, { name: 'b' }]));
  const onCount = () => {
    throw new Error('too many');
  };
  const listed = listArchive(sevenZip, archive, { type: 'tar', signal, onCount });
  await t.rejects(listed, { message: 'too many' });
  const aborted = AbortSignal.abort(new Error('cancelled'));
  await t.rejects(listArchive(sevenZip, archive, { type: 'tar', signal: aborted }), {
    message: 'cancelled',
  });
});
