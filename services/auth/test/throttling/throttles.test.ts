import t from 'tap';
import {
  countedId,
  countInWindow,
  countWithDelay,
  readCount,
} from '../../src/throttling/attempt-counts.js';
import { ada, authFixture, cleanDatabase, post } from '../auth-fixture.js';

const wrong = { ...ada, password: 'wrong one' };
const from = (address: string) => ({ 'x-forwarded-for': address });

t.test('of many at once each learns its own place in the window', async (t) => {
  const { db } = await cleanDatabase();
  const id = countedId('test', 'a');
  const counts = await Promise.all(
    Array.from({ length: 30 }, () => countInWindow(db.pool, id, 60)),
  );
  const places = counts.map(({ count }) => count).sort((a, b) => a - b);
  t.strictSame(
    places,
    Array.from({ length: 30 }, (_, index) => index + 1),
  );
  const { count, wait } = await readCount(db.pool, id);
  t.equal(count, 30);
  t.ok(wait > 0 && wait <= 60_000, `${wait} ms`);
  await db.prisma.attemptCount.updateMany({ data: { until: new Date(Date.now() - 1_000) } });
  t.equal((await countInWindow(db.pool, id, 60)).count, 1, 'a new window');
  t.equal((await countInWindow(db.pool, countedId('test', 'b'), 60)).count, 1, 'another id');
});

t.test('each failure that is not free doubles the delay, up to the longest', async (t) => {
  const { db } = await cleanDatabase();
  const id = countedId('account', 'a');
  const delays = { free: 2, first: 60, longest: 480 };
  const waits: number[] = [];
  for (let failures = 0; failures < 7; failures += 1) {
    t.ok(await countWithDelay(db.pool, id, delays));
    const { wait } = await readCount(db.pool, id);
    if (wait > 0) t.notOk(await countWithDelay(db.pool, id, delays), 'not while one lasts');
    waits.push(Math.ceil(wait / 60_000));
    await db.prisma.attemptCount.updateMany({ data: { until: new Date(Date.now() - 1_000) } });
  }
  t.strictSame(waits, [0, 0, 1, 2, 4, 8, 8]);
  t.equal((await readCount(db.pool, id)).count, 7);
});

t.test('an account waits after wrong passwords, and so does one that is none', async (t) => {
  const { app, db } = await authFixture(t);
  await post(app, '/api/auth/signup', ada);
  const nobody = { username: 'nobody', password: 'wrong one' };
  for (const body of [wrong, nobody]) {
    for (let guesses = 0; guesses < 6; guesses += 1) {
      t.equal((await post(app, '/api/auth/login', body)).statusCode, 401);
    }
    const refused = await post(app, '/api/auth/login', body);
    t.equal(refused.statusCode, 429);
    t.equal(refused.json().type, '/problems/too-many-attempts');
    t.match(refused.headers['retry-after'], /^[1-9]\d*$/);
  }
  for (const name of ['ada', 'ADA', ada.email]) {
    const response = await post(app, '/api/auth/login', { username: name, password: ada.password });
    t.equal(response.statusCode, 429, 'by whichever name, with the right password too');
  }
  await db.prisma.attemptCount.updateMany({ data: { until: new Date(Date.now() - 1_000) } });
  t.equal((await post(app, '/api/auth/login', ada)).statusCode, 200, 'when the wait is over');
  t.equal((await post(app, '/api/auth/login', wrong)).statusCode, 401);
  t.equal((await post(app, '/api/auth/login', ada)).statusCode, 200, 'the failures are forgotten');
});

t.test('of guesses that come at once no more are told than one by one', async (t) => {
  const { app } = await authFixture(t);
  await post(app, '/api/auth/signup', ada);
  const guesses = await Promise.all(
    Array.from({ length: 20 }, () => post(app, '/api/auth/login', wrong)),
  );
  const codes = guesses.map(({ statusCode }) => statusCode);
  t.equal(codes.filter((code) => code === 401).length, 6);
  t.equal(codes.filter((code) => code === 429).length, 14);
});

t.test('right passwords may come at once', async (t) => {
  const { app } = await authFixture(t);
  await post(app, '/api/auth/signup', ada);
  const logIns = await Promise.all(
    Array.from({ length: 20 }, () => post(app, '/api/auth/login', ada)),
  );
  t.ok(logIns.every(({ statusCode }) => statusCode === 200));
});

t.test('an address has so many wrong passwords, whatever the accounts', async (t) => {
  const { app } = await authFixture(t, { logInFailures: { limit: 3, seconds: 600 } });
  await post(app, '/api/auth/signup', ada);
  const attacker = from('192.0.2.1');
  for (const left of ['2', '1', '0']) {
    const body = { username: `guess-${left}`, password: 'wrong one' };
    const response = await post(app, '/api/auth/login', body, attacker);
    t.equal(response.statusCode, 401);
    t.equal(response.headers['ratelimit-policy'], '"log-in-failures";q=3;w=600');
    t.match(response.headers.ratelimit, new RegExp(`^"log-in-failures";r=${left};t=\\d+$`));
  }
  const refused = await post(app, '/api/auth/login', ada, attacker);
  t.equal(refused.statusCode, 429);
  t.match(refused.headers['retry-after'], /^[1-9]\d*$/);
  t.equal((await post(app, '/api/auth/login', ada, from('192.0.2.2'))).statusCode, 200);
});

t.test('an address has so many sign-ups and password resets', async (t) => {
  const quota = { limit: 2, seconds: 600 };
  const { app } = await authFixture(t, { signUps: quota, passwordResets: quota });
  const signUp = (name: string, address: string) =>
    post(
      app,
      '/api/auth/signup',
      { ...ada, username: name, email: `${name}@example.com` },
      from(address),
    );
  const codes = [];
  for (const name of ['one', 'two', 'three']) {
    codes.push((await signUp(name, '2001:db8:1:2::1')).statusCode);
  }
  t.strictSame(codes, [201, 201, 429]);
  t.equal((await signUp('four', '2001:db8:1:2:ffff::9')).statusCode, 429, 'of the same /64');
  t.equal((await signUp('five', '2001:db8:1:3::1')).statusCode, 201, 'of another');
  const reset = () => post(app, '/api/auth/password-reset', { email: 'one@example.com' });
  t.strictSame(
    [(await reset()).statusCode, (await reset()).statusCode, (await reset()).statusCode],
    [202, 202, 429],
  );
});

t.test('only a trusted proxy names the client', async (t) => {
  const { app } = await authFixture(t, { signUps: { limit: 1, seconds: 600 } });
  const signUp = (name: string, remoteAddress: string, claimed: string) =>
    app.inject({
      method: 'POST',
      url: '/api/auth/signup',
      remoteAddress,
      headers: from(claimed),
      payload: { ...ada, username: name, email: `${name}@example.com` },
    });
  t.equal((await signUp('one', '203.0.113.5', '192.0.2.1')).statusCode, 201);
  t.equal((await signUp('two', '203.0.113.5', '192.0.2.2')).statusCode, 429, 'the peer counts');
  t.equal((await signUp('three', '127.0.0.1', '192.0.2.1')).statusCode, 201);
});
