import t from 'tap';
import { ada, authFixture, bearer, post } from '../auth-fixture.js';

t.test('the account and its tokens go at once, the rest by message', async (t) => {
  const { app, db } = await authFixture(t);
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

  const again = await app.inject({ method: 'DELETE', url: '/api/auth/me', headers });
  t.equal(again.json().type, '/problems/account-not-found');
  const messages = await db.prisma.outboxMessage.count({
    where: { routingKey: 'account.deleted' },
  });
  t.equal(messages, 1, 'a second deletion tells nobody');
  t.equal((await post(app, '/api/auth/login', ada)).statusCode, 401);
  t.equal((await post(app, '/api/auth/signup', ada)).statusCode, 201, 'the name is free again');
});
