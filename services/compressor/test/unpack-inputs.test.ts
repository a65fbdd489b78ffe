import { gzipSync } from 'node:zlib';
import type { Test } from 'tap';
import t from 'tap';
import { unpackInputs } from '../src/unpack-inputs.js';
import { type Contents, noise, readFiles } from './fixtures/folders.js';
import { failure } from './fixtures/problems.js';
import { localJob } from './fixtures/running-job.js';
import { type TarEntry, tarBytes } from './fixtures/tar-bytes.js';
import { zipBytes } from './fixtures/zip-bytes.js';

async function unpack(t: Test, contents: Contents) {
  const { running, inputs } = await localJob(t, contents);
  return unpackInputs(running, inputs, () => undefined);
}

t.test('gives the tree and its files', async (t) => {
  const zip = zipBytes([
    { name: 'd/', mode: 0o40755 },
    { name: 'd/a', data: noise(9) },
  ]);
  const { folder, files } = await unpack(t, { 'a.zip': zip });
  t.match(files, [{ path: 'd/a', size: 9 }]);
  t.strictSame(await readFiles(folder), { 'd/a': noise(9) });
});

const dangers: [TarEntry, string][] = [
  [{ name: '../up' }, '../up'],
  [{ name: '/abs' }, '/abs'],
  [{ name: 'C:\\x' }, 'C:\\x'],
  [{ name: 'a\x1b[31m' }, 'a\x1b[31m'],
  [{ name: 'soft', type: '2', link: '/etc/passwd' }, 'soft'],
  [{ name: 'hard', type: '1', link: 'fine' }, 'hard'],
  [{ name: 'device', type: '3' }, 'device'],
  [{ name: 'block', type: '4' }, 'block'],
  [{ name: 'pipe', type: '6' }, 'pipe'],
  // The listing shows the line feed as a low line: the walk afterwards finds it.
  [{ name: 'a\nb' }, 'a\nb'],
];
for (const [danger, named] of dangers) {
  const tar = tarBytes([{ name: 'fine', data: noise(3) }, danger]);
  t.test(`a tar with ${JSON.stringify(named)} is not unpacked`, async (t) => {
    await t.rejects(unpack(t, { 'a.tar': tar }), failure('unsafe-entry', named));
    await t.rejects(unpack(t, { 'a.tgz': gzipSync(tar) }), failure('unsafe-entry', named));
  });
}

t.test('nor is a zip', async (t) => {
  for (const entry of [
    { name: '../up' },
    { name: '..\\up' },
    { name: '/abs' },
    { name: 'a\nb' },
    { name: 'soft', mode: 0o120777, data: Buffer.from('/etc/passwd') },
    { name: 'device', mode: 0o020666 },
  ]) {
    const zip = zipBytes([{ name: 'fine' }, entry]);
    await t.rejects(unpack(t, { 'a.zip': zip }), failure('unsafe-entry', entry.name), entry.name);
  }
});

t.test('bombs are refused by what they declare, or stopped by what comes out', async (t) => {
  const big = Buffer.alloc(120_000_000);
  await t.rejects(
    unpack(t, { 'a.zip': zipBytes([{ name: 'a', data: big }]) }),
    failure('archive-too-large'),
  );
  const lying = zipBytes([{ name: 'a', data: big, declaredSize: 1_000 }]);
  await t.rejects(unpack(t, { 'a.zip': lying }), { name: 'TaskFailure' });
  const data = Buffer.alloc(20_000_000);
  const shared = Array.from({ length: 200 }, (_, at) => ({ name: `${at}`, data }));
  const overlapping = zipBytes(shared, { overlapping: true });
  await t.rejects(unpack(t, { 'a.zip': overlapping }), failure('archive-too-large'));
});

t.test('damaged contents are told from sound ones by their sums', async (t) => {
  const zip = zipBytes([{ name: 'a', data: noise(10_000) }]);
  zip.writeUInt8(zip.readUInt8(5_000) ^ 1, 5_000);
  await t.rejects(unpack(t, { 'a.zip': zip }), failure('archive-corrupt'));
});

t.test('an encrypted archive needs a password', async (t) => {
  const zip = zipBytes([{ name: 'a', data: noise(100), encrypted: true }]);
  await t.rejects(unpack(t, { 'a.zip': zip }), failure('password-required'));
});

t.test('of two archives the second can fail both', async (t) => {
  const contents = { 'a.zip': zipBytes([{ name: 'a' }]), 'b.zip': zipBytes([{ name: '/b' }]) };
  await t.rejects(unpack(t, contents), failure('unsafe-entry', '/b'));
});
