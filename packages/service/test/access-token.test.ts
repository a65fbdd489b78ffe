import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSigner } from 'fast-jwt';
import t, { type Test } from 'tap';
import { createAccessTokenVerifier } from '../src/access-token.js';
import { createJwksClient } from '../src/jwks-client.js';

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
    ...{ algorithm: 'EdDSA', kid, header: { alg: 'EdDSA', typ: 'at+jwt' } },
    ...{ iss: 'comprimemelo', aud: 'comprimemelo-api', expiresIn: 60_000 },
  });
  return { sign, jwk: { ...publicKey.export({ format: 'jwk' }), kid } };
}

t.test('public keys are fetched once, and an unknown kid is no flood', async (t) => {
  const auth = await publisher(t);
  const verify = createAccessTokenVerifier(createJwksClient(auth.url).publicKey);
  const one = signer('one');
  auth.keys.push(one.jwk);
  t.equal(await verify(one.sign({ sub: 'a' })), 'a');
  t.equal(await verify(one.sign({ sub: 'b' })), 'b');
  const stranger = signer('stranger');
  for (let n = 0; n < 5; n += 1) {
    await t.rejects(verify(stranger.sign({ sub: 'a' })), { code: 'unauthenticated' });
  }
  t.equal(auth.fetches(), 1);

  const { now } = Date;
  t.teardown(() => {
    Date.now = now;
  });
  Date.now = () => now() + 11_000;
  const two = signer('two');
  auth.keys.push(two.jwk);
  t.equal(await verify(two.sign({ sub: 'c' })), 'c', 'a new key is found after 10 s');
  t.equal(auth.fetches(), 2);
});

t.test('while auth is away tokens cannot be judged: 503, not 401', async (t) => {
  const auth = await publisher(t);
  auth.server.close();
  auth.server.closeAllConnections();
  const verify = createAccessTokenVerifier(createJwksClient(auth.url).publicKey);
  await t.rejects(verify(signer('one').sign({ sub: 'a' })), { code: 'unavailable' });
});
