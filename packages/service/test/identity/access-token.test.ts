import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as tick } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { createJwksClient } from '../../src/identity/jwks-client.js';
import { accessApp } from './access-app.js';
import { tokenMaker } from './token-maker.js';

/** An auth that publishes what `keys` holds at the moment. */
async function publisher(t: Test) {
  const keys: object[] = [];
  let fetches = 0;
  const server = createServer((_request, response) => {
    fetches += 1;
    response.end(JSON.stringify({ keys }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`;
  return { keys, url, fetches: () => fetches, server };
}

/** Asks an app that verifies by what `url` publishes; gives the status, or whom the token names. */
async function verifier(t: Test, url: string) {
  const { publicKey } = createJwksClient(url);
  const { ask } = await accessApp(t, publicKey);
  return async (token: string) => {
    const { statusCode, body } = await ask(`Bearer ${token}`);
    return statusCode === 200 ? body : statusCode;
  };
}

const tokenOf = ({ header, claims, signed }: ReturnType<typeof tokenMaker>, sub: string) =>
  signed(header, claims(sub));

/** Lets the clock jump; it is put back when the test ends. */
function jumpingClock(t: Test) {
  const { now } = Date;
  t.teardown(() => {
    Date.now = now;
  });
  return (milliseconds: number) => {
    Date.now = () => now() + milliseconds;
  };
}

t.test('an unknown kid asks auth again, at most once in 10 s', async (t) => {
  const auth = await publisher(t);
  const verify = await verifier(t, auth.url);
  const jumpTo = jumpingClock(t);
  const one = tokenMaker('one');
  auth.keys.push(one.jwk);
  t.equal(await verify(tokenOf(one, 'a')), 'a');
  t.equal(await verify(tokenOf(one, 'b')), 'b');
  const token = tokenMaker('stranger').signed();
  const strangers = () =>
    Promise.all(Array.from({ length: 50 }, async () => t.equal(await verify(token), 401)));
  await strangers();
  t.equal(auth.fetches(), 1, 'the set is new');
  jumpTo(10_001);
  await strangers();
  t.equal(auth.fetches(), 2, 'those that come at once share one fetch');
  const two = tokenMaker('two');
  auth.keys.push(two.jwk);
  jumpTo(20_002);
  t.equal(await verify(tokenOf(two, 'c')), 'c', 'a new key is found in spite of them');
  t.equal(await verify(tokenOf(one, 'd')), 'd', 'beside the one before it');
  t.equal(auth.fetches(), 3);
});

t.test('a key that was taken back is forgotten, without a stranger to ask for it', async (t) => {
  const auth = await publisher(t);
  const { publicKey } = createJwksClient(auth.url);
  const one = tokenMaker('one');
  auth.keys.push(one.jwk);
  t.ok(await publicKey('one'));
  auth.keys.pop();
  jumpingClock(t)(301_000);
  await publicKey('one');
  while ((await publicKey('one')) !== undefined) await tick();
  t.ok(auth.fetches() >= 2);
});

t.test('while auth is away the keys that are known serve on', async (t) => {
  const auth = await publisher(t);
  const { publicKey } = createJwksClient(auth.url);
  auth.keys.push(tokenMaker('one').jwk);
  await publicKey('one');
  auth.server.close();
  auth.server.closeAllConnections();
  jumpingClock(t)(301_000);
  t.ok(await publicKey('one'));
  await t.rejects(publicKey('two'));
  await t.rejects(publicKey('two'), 'and at once, without another fetch');
  t.ok(await publicKey('one'));
});

t.test('while auth is away tokens cannot be judged: 503, not 401', async (t) => {
  const auth = await publisher(t);
  auth.server.close();
  auth.server.closeAllConnections();
  const verify = await verifier(t, auth.url);
  t.equal(await verify(tokenMaker('one').signed()), 503);
});

t.test('a token is verified once, not at each request', async (t) => {
  const one = tokenMaker('one');
  const tokens = { ada: tokenOf(one, 'ada'), bob: tokenOf(one, 'bob') };
  let keysFound = 0;
  const { ask } = await accessApp(t, async () => {
    keysFound += 1;
    return one.pem;
  });
  for (let times = 0; times < 5; times += 1) {
    for (const [sub, token] of Object.entries(tokens)) {
      t.equal((await ask(`Bearer ${token}`)).body, sub);
    }
  }
  t.equal(keysFound, 2, 'what is kept asks for no key');
});

t.test('what was verified is forgotten a minute after its key was taken back', async (t) => {
  const auth = await publisher(t);
  const { publicKey } = createJwksClient(auth.url);
  const { ask } = await accessApp(t, publicKey);
  const jumpTo = jumpingClock(t);
  const [one, two] = [tokenMaker('one'), tokenMaker('two')];
  auth.keys.push(one.jwk);
  const long = { ...one.claims(), exp: Math.floor(Date.now() / 1_000) + 3_600 };
  const authorization = `Bearer ${one.signed(one.header, long)}`;
  t.equal((await ask(authorization)).statusCode, 200);
  auth.keys.splice(0, 1, two.jwk);
  jumpTo(301_000);
  t.equal((await ask(authorization)).statusCode, 200, 'while the set is fetched again');
  while ((await publicKey('one')) !== undefined) await tick();
  jumpTo(301_000 + 61_000);
  t.equal((await ask(authorization)).statusCode, 401);
});

t.test('what was verified is not kept beyond its expiry', async (t) => {
  const one = tokenMaker('one');
  const { ask } = await accessApp(t, async () => one.pem);
  const jumpTo = jumpingClock(t);
  const authorization = `Bearer ${one.signed()}`;
  t.equal((await ask(authorization)).statusCode, 200);
  jumpTo(58_000);
  t.equal((await ask(authorization)).statusCode, 200);
  jumpTo(61_000);
  t.equal((await ask(authorization)).statusCode, 401);
});
