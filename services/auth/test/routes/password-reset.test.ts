import { unseal } from '@comprimemelo/service/identity/sealed-box';
import t from 'tap';
import { ada, authFixture, post } from '../auth-fixture.js';

async function signedUp(t: Parameters<typeof authFixture>[0]) {
  const fixture = await authFixture(t);
  const { app, db, mailSecretsKey } = fixture;
  await post(app, '/api/auth/signup', { ...ada, language: 'es' });
  const where = { routingKey: 'account.password-reset' };
  const ask = (body: Record<string, string>) => post(app, '/api/auth/password-reset', body);
  const confirm = (token: string, password = 'another notable engine') =>
    post(app, '/api/auth/password-reset/confirm', { token, password });
  const messages = async () => {
    const rows = await db.prisma.outboxMessage.findMany({ where, orderBy: { id: 'asc' } });
    return rows.map(({ body, ...row }) => ({ ...row, text: body, body: JSON.parse(body) }));
  };
  const tokenOf = ({ body }: { body: { sealedToken: string } }) =>
    unseal(Buffer.from(body.sealedToken, 'base64url'), mailSecretsKey);
  const newToken = async (): Promise<string> => {
    await ask({ email: ada.email });
    const message = (await messages()).at(-1);
    if (message === undefined) throw new Error('no message was queued');
    return tokenOf(message);
  };
  return { ...fixture, ask, confirm, messages, tokenOf, newToken };
}

t.test('the token and its e-mail are one transaction, and neither is readable', async (t) => {
  const { db, ask, messages, tokenOf, wakes } = await signedUp(t);
  const before = wakes();
  const response = await ask({ username: 'ADA' });
  t.equal(response.statusCode, 202);
  t.equal(response.body, '');
  const [message, ...others] = await messages();
  t.strictSame(others, []);
  t.match(message, { exchange: 'notifications', secret: true, sentAt: null });
  t.match(message?.body, {
    type: 'account.password-reset',
    recipient: { name: 'ada', email: ada.email, language: 'es' },
  });
  t.equal(wakes(), before + 1);
  const token = message ? tokenOf(message) : '';
  t.match(token, /^[\w-]{43}$/);
  const [row] = await db.prisma.passwordReset.findMany();
  const stored = Buffer.from(row?.tokenHash ?? []);
  t.notMatch(stored.toString('base64url'), token);
  t.notMatch(message?.text, token);
  t.equal((row?.expiresAt.getTime() ?? 0) - (row?.createdAt.getTime() ?? 0), 30 * 60_000);
});

t.test('who has no account gets the same answer and no e-mail', async (t) => {
  const { ask, messages } = await signedUp(t);
  const known = await ask({ email: ada.email });
  const unknown = await ask({ email: 'nobody@example.com' });
  const shown = ({ statusCode, headers, body }: typeof known) => {
    const { date, 'x-request-id': id, ratelimit, ...rest } = headers;
    return { statusCode, body, rest };
  };
  t.strictSame(shown(unknown), shown(known));
  t.equal((await messages()).length, 1);
});

t.test('a token sets a new password once and ends every log-in', async (t) => {
  const { app, db, newToken, confirm } = await signedUp(t);
  const { refresh_token } = (await post(app, '/api/auth/login', ada)).json();
  const [first, second] = [await newToken(), await newToken()];
  const answers = await Promise.all(Array.from({ length: 5 }, () => confirm(first)));
  const codes = answers.map(({ statusCode }) => statusCode).sort();
  t.strictSame(codes, [204, 422, 422, 422, 422], 'five times at once, it serves once');
  t.equal((await confirm(second)).json().type, '/problems/invalid-reset-token', 'nor do others');
  t.equal(await db.prisma.passwordReset.count(), 0);
  t.equal((await post(app, '/api/auth/refresh', { refresh_token })).statusCode, 401);
  t.equal((await post(app, '/api/auth/login', ada)).statusCode, 401);
  const password = 'another notable engine';
  t.equal((await post(app, '/api/auth/login', { ...ada, password })).statusCode, 200);
});

t.test('unknown and expired tokens, and common passwords, are refused', async (t) => {
  const { db, newToken, confirm } = await signedUp(t);
  t.equal((await confirm('x'.repeat(43))).json().type, '/problems/invalid-reset-token');
  const token = await newToken();
  const weak = await confirm(token, 'password123');
  t.equal(weak.json().type, '/problems/weak-password');
  t.match(weak.json(), { status: 422, errors: [{ pointer: '/password' }] });
  await db.prisma.passwordReset.updateMany({ data: { expiresAt: new Date() } });
  t.equal((await confirm(token)).json().type, '/problems/invalid-reset-token');
});

t.test('a mailbox is not flooded, and a deleted account leaves no token', async (t) => {
  const { db, ask, messages } = await signedUp(t);
  for (let asked = 0; asked < 5; asked += 1) {
    t.equal((await ask({ email: ada.email })).statusCode, 202);
  }
  t.equal((await messages()).length, 3);
  await db.prisma.user.deleteMany();
  t.equal(await db.prisma.passwordReset.count(), 0);
});

t.test('a new password ends the wait for wrong ones', async (t) => {
  const { app, newToken, confirm } = await signedUp(t);
  for (let guesses = 0; guesses < 6; guesses += 1) {
    await post(app, '/api/auth/login', { ...ada, password: 'wrong one' });
  }
  t.equal((await post(app, '/api/auth/login', ada)).statusCode, 429);
  const password = 'another notable engine';
  await confirm(await newToken(), password);
  t.equal((await post(app, '/api/auth/login', { ...ada, password })).statusCode, 200);
});
