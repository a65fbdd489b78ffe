import t, { type Test } from 'tap';
import { ada, authFixture, bearer, post, postAs } from '../auth-fixture.js';

const newPassword = 'another notable engine';

/** Two sessions of one account, and what asks who an access token belongs to. */
async function twoSessions(t: Test) {
  const fixture = await authFixture(t);
  const { app, sessions } = fixture;
  await post(app, '/api/auth/signup', ada);
  const logIn = async () => (await post(app, '/api/auth/login', ada)).json();
  const [one, other] = [await logIn(), await logIn()];
  const statusOf = async ({ access_token }: { access_token: string }) => {
    await sessions.refresh();
    const headers = bearer(access_token);
    return (await app.inject({ url: '/api/auth/me', headers })).statusCode;
  };
  return { ...fixture, one, other, logIn, statusOf };
}

t.test('a log-out ends its session alone', async (t) => {
  const { app, one, other, statusOf } = await twoSessions(t);
  const { refresh_token } = one;
  const refreshed = (await post(app, '/api/auth/refresh', { refresh_token })).json();
  t.equal(await statusOf(refreshed), 200);
  await post(app, '/api/auth/logout', { refresh_token: refreshed.refresh_token });
  t.equal(await statusOf(one), 401);
  t.equal(await statusOf(refreshed), 401);
  t.equal(await statusOf(other), 200);
});

t.test('a log-out everywhere ends them all, as JSON and as a form', async (t) => {
  const bodies: ((token: string) => [string, string])[] = [
    (refresh_token) => ['application/json', JSON.stringify({ refresh_token, everywhere: true })],
    (token) => ['application/x-www-form-urlencoded', `refresh_token=${token}&everywhere=true`],
  ];
  for (const body of bodies) {
    const { app, one, other, logIn, statusOf } = await twoSessions(t);
    const [type, text] = body(one.refresh_token);
    t.equal((await postAs(app, '/api/auth/logout', type, text)).statusCode, 204, type);
    t.equal(await statusOf(one), 401);
    t.equal(await statusOf(other), 401);
    const { refresh_token } = other;
    t.equal((await post(app, '/api/auth/refresh', { refresh_token })).statusCode, 401);
    t.equal(await statusOf(await logIn()), 200, 'a later log-in is not concerned');
  }
});

t.test('a new password ends them all', async (t) => {
  const { app, one, other, statusOf } = await twoSessions(t);
  const body = { currentPassword: ada.password, newPassword };
  await post(app, '/api/auth/password', body, bearer(one.access_token));
  t.equal(await statusOf(one), 401);
  t.equal(await statusOf(other), 401);
});

t.test('a refresh token that is used again ends its session', async (t) => {
  const { app, db, one, other, statusOf } = await twoSessions(t);
  const { refresh_token } = one;
  await post(app, '/api/auth/refresh', { refresh_token });
  const rotatedAt = new Date(Date.now() - 60_000);
  await db.prisma.refreshToken.updateMany({
    where: { rotatedAt: { not: null } },
    data: { rotatedAt },
  });
  t.equal((await post(app, '/api/auth/refresh', { refresh_token })).statusCode, 401);
  t.equal(await statusOf(one), 401);
  t.equal(await statusOf(other), 200);
});

t.test('only sessions that can have a valid access token are kept', async (t) => {
  const { app, db, one, other } = await twoSessions(t);
  const createdAt = new Date(Date.now() - 3_600_000);
  const [old] = await db.prisma.refreshToken.findMany({ orderBy: { id: 'asc' } });
  if (old === undefined) throw new Error('there is no token');
  await db.prisma.refreshToken.update({ where: { id: old.id }, data: { createdAt } });
  const { refresh_token } = other;
  await post(app, '/api/auth/logout', { refresh_token, everywhere: true });
  t.equal(await db.prisma.endedSession.count(), 1);
  t.equal(await db.prisma.refreshToken.count({ where: { revokedAt: null } }), 0);
  t.ok(one);
});
