import t from 'tap';
import { ada, authFixture, post } from '../auth-fixture.js';

async function loggedIn(t: Parameters<typeof authFixture>[0]) {
  const fixture = await authFixture(t);
  await post(fixture.app, '/api/auth/signup', ada);
  const response = await post(fixture.app, '/api/auth/login', ada);
  const refresh = (refresh_token: string) =>
    post(fixture.app, '/api/auth/refresh', { refresh_token });
  return { ...fixture, refresh, token: response.json().refresh_token as string };
}

t.test('each token serves once and leads to the next', async (t) => {
  const { db, refresh, token } = await loggedIn(t);
  const second = await refresh(token);
  t.equal(second.statusCode, 200);
  const third = await refresh(second.json().refresh_token);
  t.equal(third.statusCode, 200);
  t.not(third.json().refresh_token, second.json().refresh_token);
  const stored = await db.prisma.refreshToken.findMany();
  t.equal(stored.length, 3);
  t.notOk(
    stored.some(({ tokenHash }) => Buffer.from(tokenHash).toString('base64url') === token),
    'the tokens themselves are not stored',
  );
});

t.test('a used token revokes its family, but not within 10 s', async (t) => {
  const { db, refresh, token } = await loggedIn(t);
  const second = await refresh(token);
  const again = await refresh(token);
  t.equal(again.statusCode, 200, 'a retry after a lost answer');
  await db.prisma.refreshToken.updateMany({
    where: { rotatedAt: { not: null } },
    data: { rotatedAt: new Date(Date.now() - 11_000) },
  });
  const stolen = await refresh(token);
  t.equal(stolen.statusCode, 401);
  t.equal(stolen.json().type, '/problems/invalid-refresh-token');
  t.equal((await refresh(second.json().refresh_token)).statusCode, 401, 'its successors are gone');
  t.equal((await refresh(again.json().refresh_token)).statusCode, 401);
});

t.test('unknown and expired tokens are refused', async (t) => {
  const { db, refresh, token } = await loggedIn(t);
  t.equal((await refresh('x'.repeat(43))).json().type, '/problems/invalid-refresh-token');
  await db.prisma.refreshToken.updateMany({ data: { expiresAt: new Date(Date.now() - 1) } });
  t.equal((await refresh(token)).statusCode, 401);
});

t.test('logging out revokes the log-in and leaves the others', async (t) => {
  const { app, refresh, token } = await loggedIn(t);
  const other = (await post(app, '/api/auth/login', ada)).json().refresh_token;
  const response = await post(app, '/api/auth/logout', { refresh_token: token });
  t.equal(response.statusCode, 204);
  t.equal((await refresh(token)).statusCode, 401);
  t.equal((await refresh(other)).statusCode, 200);
  const unknown = await post(app, '/api/auth/logout', { refresh_token: 'unknown' });
  t.equal(unknown.statusCode, 204);
});

t.test('a lost answer is made up for once, and leaves one living token', async (t) => {
  const { db, refresh, token } = await loggedIn(t);
  const second = (await refresh(token)).json().refresh_token;
  const third = (await refresh(token)).json().refresh_token;
  const living = { rotatedAt: null, revokedAt: null };
  t.equal(await db.prisma.refreshToken.count({ where: living }), 1);
  t.ok(third);
  t.equal((await refresh(token)).statusCode, 401, 'not twice');
  t.equal((await refresh(third)).statusCode, 401, 'that revoked the family');
  t.equal((await refresh(second)).statusCode, 401);
});

t.test('nor is it made up for once the successor was used', async (t) => {
  const { refresh, token } = await loggedIn(t);
  const second = (await refresh(token)).json().refresh_token;
  const third = (await refresh(second)).json().refresh_token;
  t.equal((await refresh(token)).statusCode, 401);
  t.equal((await refresh(third)).statusCode, 401);
});

t.test('one token ten times at once: two answers at most, one living token at most', async (t) => {
  const { db, refresh, token } = await loggedIn(t);
  const responses = await Promise.all(Array.from({ length: 10 }, () => refresh(token)));
  const codes = responses.map(({ statusCode }) => statusCode);
  t.equal(codes.filter((code) => code === 200).length, 2);
  t.equal(codes.filter((code) => code === 401).length, 8);
  const living = { rotatedAt: null, revokedAt: null };
  t.equal(await db.prisma.refreshToken.count({ where: living }), 0, 'the family is revoked');
});

t.test('a log-out is not outrun by a refresh that runs with it', async (t) => {
  const { app, db, refresh } = await loggedIn(t);
  for (let round = 0; round < 20; round += 1) {
    const { refresh_token } = (await post(app, '/api/auth/login', ada)).json();
    await Promise.all([refresh(refresh_token), post(app, '/api/auth/logout', { refresh_token })]);
    const { familyId } = await db.prisma.refreshToken.findFirstOrThrow({
      orderBy: { createdAt: 'desc' },
    });
    const where = { familyId, revokedAt: null, rotatedAt: null };
    t.equal(await db.prisma.refreshToken.count({ where }), 0);
  }
});
