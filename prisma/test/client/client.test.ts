import { testDatabase } from '@comprimemelo/testing/database';
import t from 'tap';
import { type DatabaseOptions, openDatabase } from '../../src/client/client.js';
import { fromBytes } from '../../src/client/identifiers.js';
import { fileData, setup, userData } from '../fixtures/setup.js';

t.test('times are UTC by Prisma and by the driver, whatever the zone of the server', async (t) => {
  const { prisma, pool } = await setup(t);
  const createdAt = new Date('2026-07-01T10:20:30.456Z');
  await prisma.user.create({ data: { ...userData('ana'), createdAt } });
  t.same((await prisma.user.findFirstOrThrow()).createdAt, createdAt);

  const [row] = await pool.execute<{ createdAt: string; zone: string }[]>({
    sql: 'SELECT created_at AS createdAt, @@session.time_zone AS zone FROM users',
    dateStrings: true,
  });
  t.same(row, { createdAt: '2026-07-01 10:20:30.456', zone: '+00:00' });
});

t.test('ids are bytes and sizes are bigint', async (t) => {
  const { prisma } = await setup(t);
  const owner = '0193a1de-7b5c-7c3e-9d1f-2f6a0c4b8e11';
  await prisma.file.create({ data: fileData(owner) });
  const file = await prisma.file.findFirstOrThrow();
  t.equal(fromBytes(file.ownerId), owner);
  t.equal(file.size, 5_368_709_120n);
});

t.test('more transactions at once than connections wait for each other', async (t) => {
  const { prisma } = await setup(t);
  const names = Array.from({ length: 40 }, (_none, index) => `user-${index}`);
  await Promise.all(
    names.map((name) =>
      prisma.$transaction(async (tx) => {
        await tx.user.create({ data: userData(name) });
        await tx.user.count();
      }),
    ),
  );
  t.equal(await prisma.user.count(), names.length);
});

t.test('a process opens no more connections than it is told, and few by default', async (t) => {
  const { url, drop } = await testDatabase();
  t.teardown(drop);
  const opened = async (options?: DatabaseOptions) => {
    const db = openDatabase(url, options);
    const connections =
      'SELECT COUNT(*) AS n FROM information_schema.processlist WHERE db = DATABASE()';
    const many = Array.from({ length: 30 });
    const busy = Promise.all([
      ...many.map(() => db.prisma.$queryRaw`SELECT SLEEP(0.05)`),
      ...many.map(() => db.pool.query('SELECT SLEEP(0.05)')),
    ]);
    await busy;
    const [row] = await db.pool.query<{ n: bigint }[]>(connections);
    await db.close();
    return Number(row?.n);
  };
  t.ok((await opened()) <= 21);
  t.ok((await opened({ connectionLimit: 3, readConnectionLimit: 2 })) <= 5);
});
