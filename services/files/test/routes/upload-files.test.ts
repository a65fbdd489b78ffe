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
