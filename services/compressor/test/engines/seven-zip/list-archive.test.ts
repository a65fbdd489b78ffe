import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { tarBytes } from '@comprimemelo/testing/archives/tar-bytes';
import { zipBytes } from '@comprimemelo/testing/archives/zip-bytes';
import { freshFolder } from '@comprimemelo/testing/folders';
import t from 'tap';
import { listArchive } from '../../../src/engines/seven-zip/list-archive.js';
import { openSevenZip } from '../../../src/engines/seven-zip/seven-zip.js';
import { entriesOf } from '../../fixtures/entries-of.js';

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
  t.match(await entriesOf(sevenZip, archive, 'zip'), [
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
  const entries = await entriesOf(sevenZip, archive, 'tar');
  t.strictSame(
    entries.map(({ path, kind }) => [path, kind]),
    [
      ['file', 'file'],
      ['hard', 'file'],
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
  await t.rejects(entriesOf(sevenZip, archive, 'zip'), {
    name: 'SevenZipError',
  });
  const whole = zipBytes([{ name: 'a', data: Buffer.from('hello') }]);
  await writeFile(archive, whole.subarray(0, -30));
  await t.rejects(entriesOf(sevenZip, archive, 'zip'), {
    name: 'SevenZipError',
  });
});

t.test('ends with the error of who takes the entries, and with the signal', async (t) => {
  const archive = join(await freshFolder(t), 'a.tar');
  await writeFile(archive, tarBytes([{ name: 'a' }, { name: 'b' }]));
  const refuse = () => {
    throw new Error('too many');
  };
  const listed = listArchive(sevenZip, archive, { type: 'tar', signal }, refuse);
  await t.rejects(listed, { message: 'too many' });
  const options = { type: 'tar', signal: AbortSignal.abort(new Error('cancelled')) } as const;
  await t.rejects(
    listArchive(sevenZip, archive, options, () => undefined),
    { message: 'cancelled' },
  );
});

t.test('waits for who takes the entries, so that none has to be kept', async (t) => {
  const archive = join(await freshFolder(t), 'a.tar');
  await writeFile(archive, tarBytes(Array.from({ length: 5_000 }, (_, at) => ({ name: `${at}` }))));
  let busy = 0;
  let count = 0;
  await listArchive(sevenZip, archive, { type: 'tar', signal }, async (entries) => {
    busy += 1;
    t.equal(busy, 1);
    await setImmediate();
    count += entries.length;
    busy -= 1;
  });
  t.equal(count, 5_000);
});

t.test('names are bytes', async (t) => {
  const archive = join(await freshFolder(t), 'a.tar');
  const name = Buffer.from('caf\x82.txt', 'latin1');
  await writeFile(archive, tarBytes([{ name }, { name: 'é' }]));
  t.match(await entriesOf(sevenZip, archive, 'tar'), [
    { path: 'caf%82.txt', rawPath: 'caf\x82.txt' },
    { path: 'é', rawPath: '\xc3\xa9' },
  ]);
});
