import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as tick } from 'node:timers/promises';
import { createSigner } from 'fast-jwt';
import t, { type Test } from 'tap';
import { createAccessTokenVerifier } from '../../src/identity/access-token.js';
import { createJwksClient } from '../../src/identity/jwks-client.js';

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

function signer(kid: string) {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const sign = createSigner({
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    algorithm: 'EdDSA',
    kid,
    header: { alg: 'EdDSA', typ: 'at+jwt' },
    iss: 'comprimemelo',
    aud: 'comprimemelo-api',
    expiresIn: 60_000,
  });
  return { sign, jwk: { ...publicKey.export({ format: 'jwk' }), kid } };
}

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
  const verify = createAccessTokenVerifier(createJwksClient(auth.url).publicKey);
  const jumpTo = jumpingClock(t);
  const one = signer('one');
  auth.keys.push(one.jwk);
  t.equal(await verify(one.sign({ sub: 'a' })), 'a');
  t.equal(await verify(one.sign({ sub: 'b' })), 'b');
  const token = signer('stranger').sign({ sub: 'a' });
  const strangers = () =>
    Promise.all(
      Array.from({ length: 50 }, () => t.rejects(verify(token), { code: 'unauthenticated' })),
    );
  await strangers();
  t.equal(auth.fetches(), 1, 'the set is new');
  jumpTo(10_001);
  await strangers();
  t.equal(auth.fetches(), 2, 'those that come at once share one fetch');
  const two = signer('two');
  auth.keys.push(two.jwk);
  jumpTo(20_002);
  t.equal(await verify(two.sign({ sub: 'c' })), 'c', 'a new key is found in spite of them');
  t.equal(await verify(one.sign({ sub: 'd' })), 'd', 'beside the one before it');
  t.equal(auth.fetches(), 3);
});

t.test('a key that was taken back is forgotten, without a stranger to ask for it', async (t) => {
  const auth = await publisher(t);
  const { publicKey } = createJwksClient(auth.url);
  const one = signer('one');
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
  auth.keys.push(signer('one').jwk);
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
  const verify = createAccessTokenVerifier(createJwksClient(auth.url).publicKey);
  await t.rejects(verify(signer('one').sign({ sub: 'a' })), { code: 'unavailable' });
});
