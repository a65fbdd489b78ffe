import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { setImmediate as tick } from 'node:timers/promises';
import { blobKey } from '@comprimemelo/contracts/blob-keys';
import { testStorage } from '@comprimemelo/testing/storage';
import t from 'tap';

const mebibyte = 1024 * 1024;

async function* mebibytes(count: number): AsyncGenerator<Buffer> {
  const chunk = Buffer.alloc(mebibyte, 'x');
  for (let index = 0; index < count; index += 1) yield chunk;
}

t.test('a process killed in the middle of a put leaves no blob', async (t) => {
  const storage = await testStorage();
  t.teardown(() => storage.stop());
  const client = storage.client();
  const key = blobKey('uploads', randomUUID());
  const source = new Readable({ read: () => undefined });
  source.push(Buffer.alloc(mebibyte));
  const putting = t.rejects(client.put(key, source), { code: 'unavailable' });
  while ((await storage.filesIn('tmp')).length === 0) await tick();
  await storage.kill();
  await putting;
  t.equal((await storage.filesIn('tmp')).length, 1);
  await storage.restart();
  await t.rejects(client.head(key), { code: 'blob-not-found' });
  t.same(await storage.filesIn('uploads'), []);
  t.same(await storage.filesIn('tmp'), []);
});

t.test('a process killed in the middle of a batch leaves whole blobs or none', async (t) => {
  const storage = await testStorage();
  t.teardown(() => storage.stop());
  const client = storage.client();
  async function* endless() {
    for (;;) {
      yield { key: blobKey('results', randomUUID()), bytes: Buffer.alloc(1_000, 'x') };
      await tick();
    }
  }
  const putting = t.rejects(client.putMany(endless()), { code: 'unavailable' });
  while ((await storage.filesIn('results')).length === 0) await tick();
  await storage.kill();
  await putting;
  await storage.restart();
  t.same(await storage.filesIn('tmp'), []);
  const { items } = await client.list({ area: 'results' });
  t.ok(items.length > 0 && items.every(({ size }) => size === 1_000));
});

t.test('300 MB go through in less than 64 MB of memory', async (t) => {
  const storage = await testStorage();
  t.teardown(() => storage.stop());
  const client = storage.client();
  const key = blobKey('uploads', randomUUID());
  const before = await storage.memory();
  const { size } = await client.put(key, mebibytes(300));
  t.equal(size, 300 * mebibyte);
  const grown = (await storage.memory()).peak - before.now;
  t.ok(grown < 64 * mebibyte, `grew by ${Math.round(grown / mebibyte)} MiB`);
});

t.test('a put in flight is finished when the process is asked to end', async (t) => {
  const storage = await testStorage();
  const client = storage.client();
  const key = blobKey('uploads', randomUUID());
  const source = new Readable({ read: () => undefined });
  source.push('first');
  const putting = client.put(key, source);
  while ((await storage.filesIn('tmp')).length === 0) await tick();
  const ended = storage.end();
  source.push(' and last');
  source.push(null);
  t.match(await putting, { size: 14 });
  t.equal(await ended, 0);
  t.same((await storage.filesIn('uploads')).length, 1);
  await storage.stop();
});

const namespaces = spawnSync('unshare', ['-rm', 'true']).status === 0;
const skip = namespaces ? false : 'a small disk of its own takes user namespaces';

t.test('a full disk is a 507 that leaves nothing', { skip }, async (t) => {
  const inSmallDisk = (root: string) => [
    'unshare',
    '-rm',
    'sh',
    '-c',
    'mount -t tmpfs -o size=16m none "$0" && exec "$@"',
    root,
  ];
  const storage = await testStorage({}, inSmallDisk);
  t.teardown(() => storage.stop());
  const client = storage.client();
  const key = blobKey('uploads', randomUUID());
  await t.rejects(client.put(key, mebibytes(20)), { code: 'insufficient-storage' });
  await t.rejects(client.head(key), { code: 'blob-not-found' });
  t.match(await client.put(key, mebibytes(12)), { size: 12 * mebibyte });
  const blobs = Array.from({ length: 80 }, () => ({
    key: blobKey('results', randomUUID()),
    bytes: Buffer.alloc(100_000),
  }));
  await t.rejects(client.putMany(blobs), { code: 'insufficient-storage' });
  // Only with the rest of the failed batch gone is there room for as much again.
  await client.deleteMany([key, ...blobs.map((blob) => blob.key)]);
  t.match(await client.put(key, mebibytes(12)), { size: 12 * mebibyte });
});
