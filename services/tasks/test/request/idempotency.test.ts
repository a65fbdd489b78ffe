import { createHash } from 'node:crypto';
import t from 'tap';
import { acceptTask } from '../../src/lifecycle/new-task.js';
import { beginIdempotent, requestHashes } from '../../src/request/idempotency.js';
import { planTask } from '../../src/request/plan-task.js';
import { secretsKey, tasksFixture, type Upload } from '../fixtures/tasks-fixture.js';

const files: Upload[] = [['a.txt', 'a']];
const key = { 'idempotency-key': 'one' };

t.test('the same request gets the same answer and makes one task', async (t) => {
  const { create, left } = await tasksFixture(t);
  const first = await create({ format: 'zip' }, files, key);
  const again = await create({ format: '.ZIP' }, files, key);
  t.equal(again.statusCode, 202);
  t.strictSame(again.json(), first.json());
  t.strictSame(await left(), { tasks: 1, files: 1, messages: 1, blobs: 1 });
  const other = await create({ format: 'zip' }, files, { 'idempotency-key': 'ONE' });
  t.not(other.json().id, first.json().id);
});

t.test('another request under the key is refused and leaves nothing', async (t) => {
  const { create, left } = await tasksFixture(t);
  await create({ format: 'zip' }, files, key);
  for (const [fields, body] of [
    [{ format: '7z' }, files],
    [{ format: 'zip' }, [['a.txt', 'b']]],
    [{ format: 'zip' }, [['b.txt', 'a']]],
  ] as [Record<string, string>, Upload[]][]) {
    const response = await create(fields, body, key);
    t.equal(response.statusCode, 422);
    t.equal(response.json().type, '/problems/idempotency-mismatch');
  }
  t.strictSame(await left(), { tasks: 1, files: 1, messages: 1, blobs: 1 });
});

t.test('another password is another request, and none can be guessed from the key', async (t) => {
  const { create, db } = await tasksFixture(t);
  const fields = { format: 'zip', password: 'first' };
  const first = await create(fields, files, key);
  t.equal((await create(fields, files, key)).json().id, first.json().id);
  const other = await create({ ...fields, password: 'second' }, files, key);
  t.equal(other.json().type, '/problems/idempotency-mismatch');
  const without = await create({ format: 'zip' }, files, key);
  t.equal(without.json().type, '/problems/idempotency-mismatch');
  const { response, requestHash: kept } = await db.prisma.idempotencyKey.findFirstOrThrow();
  t.notMatch(response, /first/);
  const plan = { operation: 'compress', format: 'zip', options: {}, password: 'first' };
  const sha256 = createHash('sha256').update('a').digest('hex');
  const stored = [{ name: 'a.txt', path: 'a.txt', modified: null, sha256 }];
  const hashes = (keys: string) =>
    requestHashes(plan, stored, keys).map((hash) => hash.equals(kept ?? Buffer.alloc(0)));
  t.same(hashes(secretsKey), [true]);
  t.same(hashes('another key'), [false]);
  t.same(hashes(`another key,${secretsKey}`), [false, true], 'after the key was rotated');
});

t.test('another folder, and another time of a file, are another request', async (t) => {
  const { create } = await tasksFixture(t);
  const send = (path: string, modified: string) =>
    create({ format: 'zip', path, modified }, files.slice(0, 1), key);
  const time = '2021-05-06T07:08:09Z';
  const first = await send('x/a.txt', time);
  t.equal(first.statusCode, 202);
  t.equal((await send('x/a.txt', '2021-05-06T09:08:09+02:00')).json().id, first.json().id);
  for (const other of [send('y/a.txt', time), send('x/a.txt', ''), send('', time)]) {
    t.equal((await other).json().type, '/problems/idempotency-mismatch');
  }
});

t.test('ten at once make one task', async (t) => {
  const { create, left } = await tasksFixture(t);
  const responses = await Promise.all(
    Array.from({ length: 10 }, () => create({ format: 'zip' }, files, key)),
  );
  const codes = responses.map(({ statusCode }) => statusCode);
  t.ok(codes.includes(202));
  t.ok(
    codes.every((code) => code === 202 || code === 409),
    codes.join(),
  );
  t.strictSame(await left(), { tasks: 1, files: 1, messages: 1, blobs: 1 });
});

t.test('a request that failed leaves the key free', async (t) => {
  const { create } = await tasksFixture(t);
  t.equal((await create({ format: 'rar' }, files, key)).statusCode, 422);
  t.equal((await create({ format: 'zip' }, files, key)).statusCode, 202);
});

t.test('a key is free again after a day, or when its first request died', async (t) => {
  const { create, db } = await tasksFixture(t);
  const first = await create({ format: 'zip' }, files, key);
  await db.prisma.idempotencyKey.updateMany({ data: { expiresAt: new Date(Date.now() - 1) } });
  const second = await create({ format: 'zip' }, files, key);
  t.not(second.json().id, first.json().id);
  const died = {
    response: null,
    createdAt: new Date(Date.now() - 2 * 3_600_000),
    leaseUntil: null,
  };
  await db.prisma.idempotencyKey.updateMany({ data: died });
  t.equal((await create({ format: '7z' }, files, key)).statusCode, 202);
  await db.prisma.idempotencyKey.updateMany({
    data: { response: null, createdAt: new Date(), leaseUntil: null },
  });
  const busy = await create({ format: 'zip' }, files, key);
  t.equal(busy.json().type, '/problems/idempotency-in-flight');
});

t.test('what died is taken over, and creates nothing if it was alive after all', async (t) => {
  const { create, db, userId, left } = await tasksFixture(t);
  const slow = await beginIdempotent(db, userId, 'one');
  t.teardown(() => slow.stop());
  const busy = await create({ format: 'zip' }, files, key);
  t.equal(busy.json().type, '/problems/idempotency-in-flight');
  await db.prisma.idempotencyKey.updateMany({ data: { leaseUntil: new Date(Date.now() - 1) } });
  const taken = await create({ format: 'zip' }, files, key);
  t.equal(taken.statusCode, 202);
  const plan = planTask({ format: 'zip' }, ['a.txt']);
  const accepted = { ownerId: userId, plan, inputs: [], secretsKey, headers: {} };
  const late = acceptTask(db, accepted, (answer) => slow.keep(Buffer.alloc(32), answer));
  await t.rejects(late, { code: 'idempotency-in-flight' });
  t.strictSame(await left(), { tasks: 1, files: 1, messages: 1, blobs: 1 });
  await slow.release();
  const again = await create({ format: 'zip' }, files, key);
  t.equal(again.json().id, taken.json().id, 'the answer of the other one stays');
});
