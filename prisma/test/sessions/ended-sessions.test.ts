import t, { type Test } from 'tap';
import { openDatabase } from '../../src/client/client.js';
import { isUnavailable } from '../../src/client/database-errors.js';
import { newId, toBytes } from '../../src/client/identifiers.js';
import { watchEndedSessions } from '../../src/sessions/ended-sessions.js';
import { setup } from '../fixtures/setup.js';

const minute = 60_000;

/** A database, and what ends a session so many milliseconds ago. */
async function sessions(t: Test) {
  const db = await setup(t);
  const end = async ({ ago = 0, lasts = 10 * minute } = {}) => {
    const id = newId();
    const endedAt = new Date(Date.now() - ago);
    const expiresAt = new Date(endedAt.getTime() + lasts);
    await db.prisma.endedSession.create({ data: { id: toBytes(id), endedAt, expiresAt } });
    return id;
  };
  return { db, end };
}

/** Looks by itself only when it starts. */
const never = { pause: 3_600_000 };

t.test('what ended before the start, and what ends later', async (t) => {
  const { db, end } = await sessions(t);
  const before = await end({ ago: 9 * minute });
  const watch = watchEndedSessions(db, (error) => t.error(error), never);
  t.teardown(() => watch.close());
  await watch.refresh();
  t.ok(watch.has(before));
  const later = await end();
  t.notOk(watch.has(later), 'it has not looked yet');
  await watch.refresh();
  t.ok(watch.has(later));
  t.ok(watch.has(before), 'what is known stays');
  t.notOk(watch.has(newId()));
});

t.test('a transaction that began before the last look and commits after it', async (t) => {
  const { db, end } = await sessions(t);
  const watch = watchEndedSessions(db, (error) => t.error(error), never);
  t.teardown(() => watch.close());
  await watch.refresh();
  const late = await end({ ago: minute / 2 });
  await watch.refresh();
  t.ok(watch.has(late));
});

t.test('it looks by itself, and forgets what has expired', async (t) => {
  const { db, end } = await sessions(t);
  const watch = watchEndedSessions(db, (error) => t.error(error), { pause: 10 });
  t.teardown(() => watch.close());
  const id = await end({ lasts: 3_000 });
  const until = async (holds: () => boolean) => {
    while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10));
  };
  await until(() => watch.has(id));
  await db.prisma.endedSession.deleteMany();
  await until(() => !watch.has(id));
  t.pass('it was there, and went');
});

t.test('while the database is away what is known is kept, and the fault is told', async (t) => {
  const { db, end } = await sessions(t);
  const away = openDatabase('mysql://nobody@127.0.0.1:1/none');
  t.teardown(() => away.close());
  let { pool } = db;
  const changing = { execute: (sql: string, values: unknown) => pool.execute(sql, values) };
  const faults: unknown[] = [];
  const id = await end();
  const watch = watchEndedSessions(
    { pool: changing as typeof pool },
    (error) => faults.push(error),
    {
      pause: 10,
    },
  );
  t.teardown(() => watch.close());
  await watch.refresh();
  pool = away.pool;
  while (faults.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  t.ok(isUnavailable(faults[0]));
  t.ok(watch.has(id));
});
