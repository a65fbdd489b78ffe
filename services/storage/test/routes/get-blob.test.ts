import { randomBytes, randomUUID } from 'node:crypto';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { blobKey } from '@comprimemelo/contracts/blob-keys';
import t from 'tap';
import { serveStorage, slugOf } from '../serve-storage.js';

const storage = await serveStorage();
t.teardown(() => storage.close());

const bytes = randomBytes(300_000);
const key = blobKey('results', randomUUID());
const empty = blobKey('results', randomUUID());
await writeFile(join(storage.root, key), bytes);
await writeFile(join(storage.root, empty), '');

const get = (path: string, range?: string, method = 'GET') =>
  storage.ask({ method, path: `/blobs/${path}`, headers: range ? { range } : {} });

t.test('all of it', async (t) => {
  const { status, headers, body } = await get(key);
  t.equal(status, 200);
  t.match(headers, {
    'content-length': '300000',
    'accept-ranges': 'bytes',
    'content-type': 'application/octet-stream',
  });
  t.notOk(headers['content-encoding']);
  t.ok(bytes.equals(body));
  t.equal((await get(empty)).body.length, 0);
});

t.test('HEAD tells the size and sends nothing', async (t) => {
  const { status, headers, body } = await get(key, undefined, 'HEAD');
  t.equal(status, 200);
  t.equal(headers['content-length'], '300000');
  for (const range of ['bytes=0-9', 'bytes=300000-']) {
    const ranged = await get(key, range, 'HEAD');
    t.equal(ranged.status, 200, `also with ${range}`);
    t.equal(ranged.headers['content-length'], '300000');
    t.notOk(ranged.headers['content-range']);
  }
  t.ok(Date.parse(String(headers['last-modified'])) > 0);
  t.equal(body.length, 0);
});

const ranges: [string, number, number][] = [
  ['bytes=0-0', 0, 0],
  ['bytes=100-199', 100, 199],
  ['bytes=299999-', 299_999, 299_999],
  ['bytes=250000-999999', 250_000, 299_999],
  ['bytes=250000-9223372036854775808', 250_000, 299_999],
  ['bytes=-10', 299_990, 299_999],
  ['bytes=-9223372036854775808', 0, 299_999],
  ['bytes=-999999', 0, 299_999],
];
for (const [range, start, end] of ranges) {
  t.test(`206 for ${range}`, async (t) => {
    const { status, headers, body } = await get(key, range);
    t.equal(status, 206);
    t.equal(headers['content-range'], `bytes ${start}-${end}/300000`);
    t.equal(headers['content-length'], String(end - start + 1));
    t.ok(bytes.subarray(start, end + 1).equals(body));
  });
}

for (const range of ['bytes=300000-', 'bytes=-0']) {
  t.test(`416 for ${range}`, async (t) => {
    const answer = await get(key, range);
    t.equal(answer.status, 416);
    t.equal(answer.headers['content-range'], 'bytes */300000');
    t.equal(slugOf(answer), 'range-not-satisfiable');
  });
}

for (const range of ['bytes=0-1,5-6', 'bytes=9-3', 'lines=1-2', 'nonsense']) {
  t.test(`${range} is ignored`, async (t) => {
    const { status, body } = await get(key, range);
    t.equal(status, 200);
    t.equal(body.length, 300_000);
  });
}

t.test('404 where there is no blob', async (t) => {
  for (const method of ['GET', 'HEAD']) {
    t.equal((await get(blobKey('uploads', randomUUID()), undefined, method)).status, 404);
  }
  t.equal(slugOf(await get(blobKey('uploads', randomUUID()))), 'blob-not-found');
});

t.test('a link or a directory of that name is no blob', async (t) => {
  const link = blobKey('uploads', randomUUID());
  const directory = blobKey('uploads', randomUUID());
  await symlink('/etc/passwd', join(storage.root, link));
  await mkdir(join(storage.root, directory));
  t.equal((await get(link)).status, 404);
  t.equal((await get(directory)).status, 404);
});

t.test('what is being read survives its deletion', async (t) => {
  const victim = blobKey('uploads', randomUUID());
  const large = randomBytes(30_000_000);
  await writeFile(join(storage.root, victim), large);
  const reading = get(victim);
  await storage.ask({ method: 'HEAD', path: `/blobs/${victim}` });
  const gone = await storage.ask({ method: 'DELETE', path: `/blobs/${victim}` });
  t.equal(gone.status, 204);
  t.ok(large.equals((await reading).body));
});
