import { createHash } from 'node:crypto';
import t from 'tap';
import { filesFixture } from '../files-fixture.js';

t.test('what is answered is stored', async (t) => {
  const { upload, db, store, request } = await filesFixture(t);
  const response = await upload(['año "1".txt', 'hello'], ['empty', '']);
  t.equal(response.statusCode, 201);
  const { items } = response.json();
  t.match(items, [
    {
      kind: 'upload',
      name: 'año "1".txt',
      path: 'año "1".txt',
      size: 5,
      mediaType: 'text/plain',
      expiresAt: null,
      sha256: createHash('sha256').update('hello').digest('hex'),
    },
    { name: 'empty', size: 0, sha256: createHash('sha256').digest('hex') },
  ]);
  t.equal(await db.prisma.file.count(), 2);
  t.same((await store.filesIn('uploads')).sort(), items.map(({ id }: { id: string }) => id).sort());
  t.strictSame((await request('GET', `/api/files/${items[0].id}`)).json(), items[0]);
});

t.test('a relative path and a time are kept and shown', async (t) => {
  const { upload, request } = await filesFixture(t);
  const { items } = (await upload(['photos/2026\\a.jpg', 'a'], ['b.txt', 'b'])).json();
  t.match(items, [
    { name: 'a.jpg', path: 'photos/2026/a.jpg', modified: null },
    { name: 'b.txt', path: 'b.txt', modified: null },
  ]);
  const type = { 'content-type': 'multipart/form-data; boundary=B' };
  const part = (head: string, body: string) =>
    `--B\r\nContent-Disposition: form-data; ${head}\r\n\r\n${body}\r\n`;
  const payload =
    part('name="modified"', 'Sun, 06 Nov 1994 08:49:37 GMT') +
    part('name="file"; filename="x/y.txt"', 'y') +
    '--B--\r\n';
  const response = await request('POST', '/api/files', type, { payload: Buffer.from(payload) });
  t.equal(response.statusCode, 201);
  const [item] = response.json().items;
  t.match(item, { name: 'y.txt', path: 'x/y.txt', modified: '1994-11-06T08:49:37.000Z' });
  t.strictSame((await request('GET', `/api/files/${item.id}`)).json(), item);
  const list = await request('GET', '/api/files?name=y.txt');
  t.strictSame(list.json().items, [item]);
});

t.test('an account that is gone uploads nothing more', async (t) => {
  const { upload, db, store } = await filesFixture(t);
  await db.prisma.user.deleteMany();
  const response = await upload(['a.txt', 'a']);
  t.equal(response.json().type, '/problems/unauthenticated');
  t.equal(await db.prisma.file.count(), 0);
  t.strictSame(await store.filesIn('uploads'), []);
});

t.test('what is refused leaves nothing', async (t) => {
  const { upload, db, store } = await filesFixture(t, { maxUploadBytes: 100 });
  t.equal((await upload()).json().type, '/problems/no-file');
  const tooLarge = await upload(['a', 'x'], ['b', 'x'.repeat(100)]);
  t.equal(tooLarge.statusCode, 413);
  t.equal(await db.prisma.file.count(), 0);
  t.strictSame(await store.filesIn('uploads'), []);
});
