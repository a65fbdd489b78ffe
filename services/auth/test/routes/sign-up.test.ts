import t from 'tap';
import { ada, authFixture, post, postAs } from '../auth-fixture.js';

t.test("the predecessor's names are taken, and nothing that is unknown", async (t) => {
  const { app, db } = await authFixture(t);
  const refused: [object, string][] = [
    [
      { ...ada, isAdmin: true },
      '`isAdmin` is not a field of this operation; it takes `username`, `email`, `password`, ' +
        '`passwordConfirmation`, `firstName`, `lastName` and `language`.',
    ],
    [
      { ...ada, firstName: 'Ada', first_name: 'Bob' },
      '`firstName` and `first_name` are one field, and their values differ: send one of them.',
    ],
    [
      { ...ada, lastname: 'L' },
      '`lastname` is not a field of this operation; did you mean `lastName`?',
    ],
  ];
  for (const [body, detail] of refused) {
    t.match((await post(app, '/api/auth/signup', { ...body })).json(), { status: 400, detail });
  }
  t.equal(await db.prisma.user.count(), 0);
  const names = { first_name: 'Ada', last_name: 'Lovelace', firstName: 'Ada' };
  const response = await post(app, '/api/auth/signup', { ...ada, ...names });
  t.match(response.json(), { firstName: 'Ada', lastName: 'Lovelace' });
});

t.test('an account and its welcome e-mail are one transaction', async (t) => {
  const { app, db, wakes } = await authFixture(t);
  const response = await post(app, '/api/auth/signup', { ...ada, firstName: 'Ada' });
  t.equal(response.statusCode, 201);
  t.equal(response.headers.location, '/api/auth/me');
  const account = response.json();
  t.match(account, { username: 'ada', email: ada.email, firstName: 'Ada', lastName: null });
  t.strictSame(
    Object.keys(account).sort(),
    ['createdAt', 'email', 'firstName', 'id', 'language', 'lastName', 'username'],
    'nothing but the account is shown',
  );

  const [message, ...others] = await db.prisma.outboxMessage.findMany();
  t.strictSame(others, []);
  t.match(message, { exchange: 'notifications', routingKey: 'account.created', sentAt: null });
  t.match(JSON.parse(message?.body ?? ''), {
    type: 'account.created',
    accountId: account.id,
    recipient: { name: 'Ada', email: ada.email },
  });
  t.equal(wakes(), 1, 'the relay is woken');

  const user = await db.prisma.user.findFirstOrThrow();
  t.match(user.passwordHash, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
});

t.test('forms are taken as JSON is', async (t) => {
  const { app } = await authFixture(t);
  const urlencoded = await app.inject({
    method: 'POST',
    url: '/api/auth/signup',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(ada).toString(),
  });
  t.equal(urlencoded.statusCode, 201);

  const form = new FormData();
  for (const [name, value] of Object.entries({ ...ada, username: 'b.b', email: 'b@example.com' })) {
    form.append(name, value);
  }
  const encoded = new Response(form);
  const multipart = await app.inject({
    method: 'POST',
    url: '/api/auth/signup',
    headers: { 'content-type': encoded.headers.get('content-type') ?? '' },
    payload: Buffer.from(await encoded.arrayBuffer()),
  });
  t.equal(multipart.statusCode, 201);
  t.equal(multipart.json().username, 'b.b');
});

t.test('a name and an address belong to one account, in any case of letters', async (t) => {
  const { app, db } = await authFixture(t);
  await post(app, '/api/auth/signup', ada);
  const sameEmail = await post(app, '/api/auth/signup', {
    ...ada,
    username: 'other',
    email: 'ADA@example.com',
  });
  t.equal(sameEmail.statusCode, 409);
  t.equal(sameEmail.json().type, '/problems/email-taken');
  const sameName = await post(app, '/api/auth/signup', {
    ...ada,
    username: 'ADA',
    email: 'x@example.com',
  });
  t.equal(sameName.json().type, '/problems/username-taken');
  t.equal(await db.prisma.user.count(), 1);
  t.equal(await db.prisma.outboxMessage.count(), 1, 'and no e-mail is queued for what was refused');
});

t.test('the same sign-up ten times at once makes one account', async (t) => {
  const { app, db } = await authFixture(t);
  const responses = await Promise.all(
    Array.from({ length: 10 }, () => post(app, '/api/auth/signup', ada)),
  );
  const codes = responses.map(({ statusCode }) => statusCode).sort();
  t.strictSame(codes, [201, ...Array.from({ length: 9 }, () => 409)]);
  t.equal(await db.prisma.user.count(), 1);
});

t.test('what does not fit is named', async (t) => {
  const { app, db } = await authFixture(t);
  const refused: [string, Record<string, unknown>, string][] = [
    ['a short password', { ...ada, password: 'seven77' }, '/password'],
    ['a long password', { ...ada, password: 'x'.repeat(129) }, '/password'],
    ['a name with a space', { ...ada, username: 'a b c' }, '/username'],
    ['an address that is none', { ...ada, email: 'ada' }, '/email'],
    ['another confirmation', { ...ada, passwordConfirmation: 'x' }, '/passwordConfirmation'],
    ['a line break in a name', { ...ada, firstName: 'A\r\nBcc: x' }, '/firstName'],
    ['an escape in a name', { ...ada, lastName: '\u009b31m' }, '/lastName'],
    ['no password', { username: 'ada', email: ada.email }, '/password'],
  ];
  for (const [what, body, pointer] of refused) {
    const response = await post(app, '/api/auth/signup', body);
    t.equal(response.statusCode, 400, what);
    t.match(response.json(), { type: '/problems/invalid-request', errors: [{ pointer }] });
    t.match(response.headers['content-type'], 'application/problem+json');
  }
  t.equal(await db.prisma.user.count(), 0);
});

t.test('the language of the e-mails: given, or preferred', async (t) => {
  const { app, db } = await authFixture(t);
  const spanish = { 'accept-language': 'es-ES, en;q=0.5' };
  const signUp = async (username: string, body: object, headers: Record<string, string>) => {
    const person = { ...ada, username, email: `${username}@example.com` };
    const answer = await post(app, '/api/auth/signup', { ...person, ...body }, headers);
    return answer.json().language;
  };
  t.equal(await signUp('one', {}, {}), 'en');
  t.equal(await signUp('two', {}, spanish), 'es');
  t.equal(await signUp('three', { language: 'en' }, spanish), 'en');
  t.equal(await signUp('four', { language: 'es' }, {}), 'es');
  t.equal(await signUp('five', { language: 'fr' }, {}), undefined);
  const rows = await db.prisma.outboxMessage.findMany({ orderBy: { id: 'asc' } });
  const languages = rows.map(({ body }) => JSON.parse(body).recipient.language);
  t.strictSame(languages, ['en', 'es', 'en', 'es']);
});

t.test('a password that all try first is refused, and so is the own name', async (t) => {
  const { app, db } = await authFixture(t);
  for (const password of [
    'password123',
    'PASSWORD123',
    'qwertyuiop',
    ada.email,
    'ADA@example.com',
    ' '.repeat(8),
    'comprimemelo',
    'Comprimemelo2026!',
  ]) {
    const response = await post(app, '/api/auth/signup', { ...ada, password });
    t.equal(response.statusCode, 422, password);
    t.match(response.json(), {
      type: '/problems/weak-password',
      errors: [{ pointer: '/password' }],
    });
  }
  t.equal(await db.prisma.user.count(), 0);
});

t.test('passwords are taken as they are: 8 to 128 characters, each counts', async (t) => {
  const { app } = await authFixture(t);
  const passwords = [' spaced out ', '🔑🔑🔑🔑🔑🔑🔑🔑', 'ñ'.repeat(128), 'a\u0000b\tc\nd e'];
  for (const [index, password] of passwords.entries()) {
    const person = { ...ada, username: `user${index}`, email: `${index}@example.com`, password };
    t.equal((await post(app, '/api/auth/signup', person)).statusCode, 201, password);
    t.equal((await post(app, '/api/auth/login', person)).statusCode, 200, password);
    const trimmed = await post(app, '/api/auth/login', { ...person, password: `${password} ` });
    t.not(trimmed.statusCode, 200, 'a space more is another password');
  }
});

t.test('optional fields that a form left empty', async (t) => {
  const { app } = await authFixture(t);
  const fields = { ...ada, passwordConfirmation: '', firstName: '', lastName: 'Łovelace ñ' };
  const form = new URLSearchParams(fields).toString();
  const type = 'application/x-www-form-urlencoded';
  const answer = await postAs(app, '/api/auth/signup', type, form);
  t.equal(answer.statusCode, 201);
  t.match(answer.json(), { firstName: null, lastName: 'Łovelace ñ' });
});
