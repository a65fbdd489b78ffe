import t from 'tap';
import { ada, authFixture, post } from './auth-fixture.js';

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
