import { setTimeout as pause } from 'node:timers/promises';
import { limits } from '@comprimemelo/contracts/limits';
import { newId, toBytes } from '@comprimemelo/prisma/client/identifiers';
import t from 'tap';
import { type WatchFixture, watchFixture } from './fixtures/watch-fixture.js';

async function addUser({ db }: WatchFixture): Promise<string> {
  const id = newId();
  const unique = id.slice(-12);
  const data = { username: unique, email: `${unique}@example.com`, passwordHash: '' };
  await db.prisma.user.create({ data: { ...data, id: toBytes(id), createdAt: new Date() } });
  return id;
}

t.test('a silent stream shows that it lives', async (t) => {
  const { created, open, openAll } = await watchFixture(t, { beat: 50 });
  const { id } = await created();
  for (const reader of [await open(`/api/tasks/${id}/events`), await openAll()]) {
    await reader.until(() => reader.comments >= 3);
    t.ok(reader.events.length <= 2, 'and tells nothing again');
  }
});

t.test('it ends with the access token', async (t) => {
  const { created, open, openAll } = await watchFixture(t, { beat: 50 });
  const { id } = await created();
  const readers = [
    await open(`/api/tasks/${id}/events`, { seconds: 2 }),
    await openAll({ seconds: 2 }),
  ];
  t.strictSame(await Promise.all(readers.map(({ ended }) => ended)), ['in order', 'in order']);
  t.equal((await open(`/api/tasks/${id}/events`, { seconds: 0 })).response.status, 401);
});

t.test('it ends when the account is gone', async (t) => {
  const { db, openAll } = await watchFixture(t, { beat: 50 });
  const reader = await openAll();
  await db.prisma.user.deleteMany();
  t.equal(await reader.ended, 'in order');
});

t.test('it ends when the process is about to', async (t) => {
  const { app, created, open, openAll } = await watchFixture(t);
  const { id } = await created();
  const readers = [await open(`/api/tasks/${id}/events`), await openAll()];
  await app.close();
  t.strictSame(await Promise.all(readers.map(({ ended }) => ended)), ['in order', 'in order']);
});

t.test('it ends in order where the database fails', async (t) => {
  const { created, db, open, openAll, listeners } = await watchFixture(t, { beat: 50 });
  const { id } = await created();
  const readers = [await open(`/api/tasks/${id}/events`), await openAll()];
  t.teardown(() => db.pool.query('RENAME TABLE away TO users'));
  await db.pool.query('RENAME TABLE users TO away');
  t.strictSame(await Promise.all(readers.map(({ ended }) => ended)), ['in order', 'in order']);
  t.equal(listeners(), 0);
});

t.test('an account and the process have so many', async (t) => {
  const fixture = await watchFixture(t, { maxStreams: limits.accountStreams + 1 });
  const { openAll, open } = fixture;
  const readers = [];
  for (let n = 0; n < limits.accountStreams; n += 1) readers.push(await openAll());
  const refused = await open('/api/tasks/events');
  t.equal(refused.response.status, 429);
  t.match(await refused.response.json(), { type: '/problems/too-many-streams' });
  t.equal(refused.response.headers.get('retry-after'), '5');

  const [bob, eve] = [await addUser(fixture), await addUser(fixture)];
  await openAll({ by: bob });
  const full = await open('/api/tasks/events', { by: eve });
  t.equal(full.response.status, 503);
  t.match(await full.response.json(), { type: '/problems/unavailable' });
  t.equal(full.response.headers.get('retry-after'), '5');

  readers[0]?.close();
  for (;;) {
    const { response } = await open('/api/tasks/events');
    if (response.status === 200) break;
    t.match(response.status, /429|503/);
    await response.body?.cancel();
    await pause(5);
  }
});

t.test('of a few hundred streams that were closed nothing is left', async (t) => {
  const fixture = await watchFixture(t, { maxStreams: 20 });
  const { created, open, listeners } = fixture;
  const { id } = await created();
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
  const round = async () => {
    const paths = [`/api/tasks/${id}/events`, '/api/tasks/events'];
    const opened = await Promise.all(
      Array.from({ length: 20 }, (_, n) => open(paths[n % 2] ?? '')),
    );
    for (const { response } of opened) t.equal(response.status, 200);
    for (const [n, reader] of opened.entries()) {
      // Half of them at once, half after they were told something.
      if (n % 4 > 1) await reader.until(() => reader.events.length > 0);
      reader.close();
    }
    while (listeners() > 0) await pause(5);
  };
  await round();
  await pause(200);
  const before = timers();
  for (let n = 0; n < 15; n += 1) await round();
  await pause(200);
  t.ok(timers() <= before + 10, `${before} timers, then ${timers()}`);
});
