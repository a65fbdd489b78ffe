import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { createSigner } from 'fast-jwt';
import t from 'tap';
import { ada, authFixture, bearer, post } from '../auth-fixture.js';

t.test('only a token that auth signed for the API opens the account', async (t) => {
  const { app, key } = await authFixture(t);
  const account = (await post(app, '/api/auth/signup', ada)).json();
  const claims = { sub: account.id as string };
  const right = {
    key: key.privateKey,
    algorithm: 'EdDSA' as const,
    kid: key.kid,
    header: { alg: 'EdDSA', typ: 'at+jwt' },
    iss: 'comprimemelo',
    aud: 'comprimemelo-api',
    expiresIn: 60_000,
  };
  const sign = (changes: object) => createSigner({ ...right, ...changes })(claims);
  const ask = (headers: Record<string, string>) => app.inject({ url: '/api/auth/me', headers });

  t.equal((await ask(bearer(sign({})))).statusCode, 200);

  const stranger = generateKeyPairSync('ed25519').privateKey.export({
    type: 'pkcs8',
    format: 'pem',
  });
  const publicPem = createPublicKey(key.privateKey).export({ type: 'spki', format: 'der' });
  const [header, payload] = sign({}).split('.');
  const none = Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url');
  const long = Math.floor(Date.now() / 1_000) - 1_000;
  const refused: [string, Record<string, string>][] = [
    ['no token', {}],
    ['another scheme', { authorization: 'Basic YTpi' }],
    ['expired', bearer(sign({ expiresIn: 1_000, clockTimestamp: long * 1_000 }))],
    ['of another key', bearer(sign({ key: stranger }))],
    ['of an unknown kid', bearer(sign({ kid: 'unknown' }))],
    ['for another audience', bearer(sign({ aud: 'storage' }))],
    ['of another issuer', bearer(sign({ iss: 'someone' }))],
    ['of another type', bearer(sign({ header: { alg: 'EdDSA', typ: 'JWT' } }))],
    ['alg none', bearer(`${none}.${payload}.`)],
    ['without a signature', bearer(`${header}.${payload}.`)],
    [
      'HMAC with the public key',
      bearer(
        createSigner({
          ...right,
          key: publicPem,
          algorithm: 'HS256',
          header: { alg: 'HS256', typ: 'at+jwt' },
        })(claims),
      ),
    ],
  ];
  for (const [what, headers] of refused) {
    const response = await ask(headers);
    t.equal(response.statusCode, 401, what);
    t.equal(response.json().type, '/problems/unauthenticated', what);
    t.match(response.headers['www-authenticate'], /^Bearer/);
  }
});
