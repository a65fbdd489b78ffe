import t from 'tap';
import { ada, authFixture, bearer, post } from '../auth-fixture.js';

t.test('the account and its tokens go at once, the rest by message', async (t) => {
  const { app, db, sessions } = await authFixture(t);
  const { id } = (await post(app, '/api/auth/signup', ada)).json();
  const tokens = (await post(app, '/api/auth/login', ada)).json();
  const headers = bearer(tokens.access_token);
  const response = await app.inject({ method: 'DELETE', url: '/api/auth/me', headers });
  t.equal(response.statusCode, 204);
  t.equal(await db.prisma.user.count(), 0);
  t.equal(await db.prisma.refreshToken.count(), 0);
  const message = await db.prisma.outboxMessage.findFirstOrThrow({
    where: { routingKey: 'account.deleted' },
  });
  t.strictSame(JSON.parse(message.body), { type: 'account.deleted', accountId: id });

  await sessions.refresh();
  const ended = await app.inject({ method: 'DELETE', url: '/api/auth/me', headers });
  t.equal(ended.json().type, '/problems/unauthenticated', 'its access token has ended, too');
  const messages = await db.prisma.outboxMessage.count({
    where: { routingKey: 'account.deleted' },
  });
  t.equal(messages, 1, 'a second deletion tells nobody');
  t.equal((await post(app, '/api/auth/login', ada)).statusCode, 401);
  t.equal((await post(app, '/api/auth/signup', ada)).statusCode, 201, 'the name is free again');
});

t.test('two deletions at once: one tells, the other finds no account', async (t) => {
  const { app, db } = await authFixture(t);
  await post(app, '/api/auth/signup', ada);
  const { access_token } = (await post(app, '/api/auth/login', ada)).json();
  const headers = bearer(access_token);
  const answers = await Promise.all(
    [1, 2].map(() => app.inject({ method: 'DELETE', url: '/api/auth/me', headers })),
  );
  t.same(answers.map(({ statusCode }) => statusCode).sort(), [204, 404]);
  const where = { routingKey: 'account.deleted' };
  t.equal(await db.prisma.outboxMessage.count({ where }), 1);
});

t.test('a session that began long ago logs in again first', async (t) => {
  const { app, db } = await authFixture(t);
  await post(app, '/api/auth/signup', ada);
  const { refresh_token } = (await post(app, '/api/auth/login', ada)).json();
  const createdAt = new Date(Date.now() - 601_000);
  await db.prisma.refreshToken.updateMany({ data: { createdAt } });
  const refreshed = (await post(app, '/api/auth/refresh', { refresh_token })).json();
  const remove = (token: string) =>
    app.inject({ method: 'DELETE', url: '/api/auth/me', headers: bearer(token) });
  const refused = await remove(refreshed.access_token);
  t.equal(refused.statusCode, 403);
  t.equal(refused.json().type, '/problems/recent-log-in-needed');
  t.equal(await db.prisma.user.count(), 1);
  const { access_token } = (await post(app, '/api/auth/login', ada)).json();
  t.equal((await remove(access_token)).statusCode, 204);
});
