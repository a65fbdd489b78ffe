import t from 'tap';
import { ada, authFixture, bearer, post } from '../auth-fixture.js';

async function loggedIn(t: Parameters<typeof authFixture>[0]) {
  const fixture = await authFixture(t);
  const { app } = fixture;
  await post(app, '/api/auth/signup', ada);
  const tokens = (await post(app, '/api/auth/login', ada)).json();
  const change = (body: object) =>
    post(app, '/api/auth/password', { ...body }, bearer(tokens.access_token));
  return { ...fixture, given: tokens, change };
}

const newPassword = 'another notable engine';

t.test('the new password holds and every log-in ends', async (t) => {
  const { app, change, given } = await loggedIn(t);
  const other = (await post(app, '/api/auth/login', ada)).json();
  const response = await change({ currentPassword: ada.password, newPassword });
  t.equal(response.statusCode, 204);
  t.equal(response.body, '');
  for (const { refresh_token } of [given, other]) {
    t.equal((await post(app, '/api/auth/refresh', { refresh_token })).statusCode, 401);
  }
  t.equal((await post(app, '/api/auth/login', ada)).statusCode, 401);
  const again = await post(app, '/api/auth/login', { ...ada, password: newPassword });
  t.equal(again.statusCode, 200);
});

t.test('a log-in that was checked by the old password comes too late', async (t) => {
  const { db, tokens: issuer, change } = await loggedIn(t);
  const checked = await db.prisma.user.findFirstOrThrow();
  t.ok(await issuer.logIn(checked));
  await change({ currentPassword: ada.password, newPassword });
  t.equal(await issuer.logIn(checked), undefined);
  const living = { revokedAt: null };
  t.equal(await db.prisma.refreshToken.count({ where: living }), 0);
});

t.test('nothing changes for a wrong current password or a bad new one', async (t) => {
  const { app, change, given } = await loggedIn(t);
  const refused: [string, object, number, string][] = [
    ['wrong', { currentPassword: 'wrong one', newPassword }, 422, 'current-password-wrong'],
    ['short', { currentPassword: ada.password, newPassword: 'seven77' }, 400, 'invalid-request'],
    ['common', { currentPassword: ada.password, newPassword: 'Password123' }, 422, 'weak-password'],
    ['own', { currentPassword: ada.password, newPassword: ada.email }, 422, 'weak-password'],
    ['absent', { newPassword }, 400, 'invalid-request'],
  ];
  for (const [what, body, status, slug] of refused) {
    const response = await change(body);
    t.equal(response.statusCode, status, what);
    t.equal(response.json().type, `/problems/${slug}`, what);
  }
  const { refresh_token } = given;
  t.equal((await post(app, '/api/auth/refresh', { refresh_token })).statusCode, 200);
  t.equal((await post(app, '/api/auth/login', ada)).statusCode, 200);
  const stranger = await post(app, '/api/auth/password', {
    currentPassword: ada.password,
    newPassword,
  });
  t.equal(stranger.statusCode, 401);
});

t.test('a stolen access token cannot guess the password', async (t) => {
  const { change } = await loggedIn(t);
  for (let guesses = 0; guesses < 6; guesses += 1) {
    const response = await change({ currentPassword: `guess ${guesses}`, newPassword });
    t.equal(response.statusCode, 422);
  }
  const right = await change({ currentPassword: ada.password, newPassword });
  t.equal(right.statusCode, 429);
  t.equal(right.json().type, '/problems/too-many-attempts');
});

t.test('the account may be gone', async (t) => {
  const { db, change } = await loggedIn(t);
  await db.prisma.user.deleteMany();
  const response = await change({ currentPassword: ada.password, newPassword });
  t.equal(response.json().type, '/problems/account-not-found');
});
