import { execFile } from 'node:child_process';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type App, createHttpApp } from '@comprimemelo/service/http/http-app';
import { type KeyFinder, requireAccessToken } from '@comprimemelo/service/identity/access-token';
import { createJwksClient } from '@comprimemelo/service/identity/jwks-client';
import { createLogger } from '@comprimemelo/service/process/logger';
import { childEnvironment } from '@comprimemelo/testing/config';
import { testTokens } from '@comprimemelo/testing/tokens';
import t from 'tap';
import { openKeyRing } from '../src/tokens/key-ring.js';
import { rotateSigningKeys } from '../src/tokens/rotate-signing-keys.js';
import { generateKey, publicKeys } from '../src/tokens/signing-keys.js';
import { createTokenIssuer } from '../src/tokens/token-issuer.js';
import { ada, authFixture, bearer, post } from './auth-fixture.js';
import { decodeJwt } from './decode-jwt.js';

const run = promisify(execFile);
const accessTokenSeconds = 600;

/** A service that lets in whom the token names, by the keys that it finds. */
async function verifier(t: Parameters<typeof authFixture>[0], findKey: KeyFinder) {
  const logger = createLogger('test', 'silent');
  const app = await createHttpApp({ service: 'test', logger, checks: {} });
  t.teardown(() => app.close());
  await app.register(async (scope: App) => {
    await requireAccessToken(scope, { findKey, hasEnded: () => false });
    scope.get('/', async ({ userId }) => userId);
  });
  return async (token: string) => {
    const { statusCode, body } = await app.inject({ url: '/', headers: bearer(token) });
    if (statusCode !== 200) throw new Error(body);
    return body;
  };
}

/** Two instances of auth, and a service that verifies by what they publish. */
async function system(t: Parameters<typeof authFixture>[0]) {
  const fixture = await authFixture(t);
  const { app, db, encryptionKey } = fixture;
  const { id } = (await post(app, '/api/auth/signup', ada)).json();
  const user = await db.prisma.user.findFirstOrThrow();
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const logger = createLogger('auth', 'silent');
  const options = { db, logger, encryptionKey, accessTokenSeconds, interval: 100 };
  const rings = await Promise.all([openKeyRing(options), openKeyRing(options)]);
  t.teardown(() => {
    for (const ring of rings) ring.close();
  });
  const issuers = rings.map((keys) =>
    createTokenIssuer({ db, keys, accessTokenSeconds, refreshTokenDays: 30 }),
  );
  const url = `http://127.0.0.1:${port}/.well-known/jwks.json`;
  const jwks = createJwksClient(url, { pause: 300 });
  return { ...fixture, id, user, issuers, verify: await verifier(t, jwks.publicKey) };
}

t.test('no token fails before, while and after the keys rotate', async (t) => {
  const { db, encryptionKey, id, user, issuers, verify } = await system(t);
  const tokens: string[] = [];
  const failures: unknown[] = [];
  const junk = testTokens().headersOf(id).authorization.slice('Bearer '.length);
  async function logInAndAsk(): Promise<void> {
    for (const issuer of issuers) {
      const given = await issuer.logIn(user);
      if (given === undefined) throw new Error('the password is another one');
      const { access_token } = given;
      tokens.push(access_token);
      await verify(access_token).catch((error) => failures.push(error));
      // Strangers use up the fetches that an unknown key may cause.
      await verify(junk).catch(() => undefined);
    }
  }
  let going = true;
  const load = Promise.all(
    Array.from({ length: 4 }, async () => {
      while (going) await logInAndAsk();
    }),
  );
  const key = generateKey();
  const rotated = await rotateSigningKeys(db, { key, encryptionKey, accessTokenSeconds, lead: 1 });
  while (decodeJwt(tokens.at(-1) ?? '').header.kid !== rotated.kid) await pause(50);
  await pause(500);
  going = false;
  await load;
  t.strictSame(failures, []);
  const kids = new Set(tokens.map((token) => decodeJwt(token).header.kid));
  t.equal(kids.size, 2, 'by both keys');
  for (const token of tokens) t.equal(await verify(token), id);
  const lastLife = rotated.signsFrom.getTime() + accessTokenSeconds * 1_000;
  t.ok(rotated.retiresAt.getTime() > lastLife, 'the old key outlives its last token');

  await db.prisma.signingKey.updateMany({
    where: { retiredAt: { not: null } },
    data: { retiredAt: new Date() },
  });
  const published = (await publicKeys(db)).map(({ kid }) => kid);
  t.strictSame(published, [rotated.kid], 'then it goes');
});

t.test('the program publishes a key that does not sign yet', async (t) => {
  const { app, db, url, key, encryptionKey } = await authFixture(t);
  const program = fileURLToPath(new URL('../src/rotate-keys.js', import.meta.url));
  const env = childEnvironment({ DATABASE_URL: url, KEY_ENCRYPTION_KEY: encryptionKey });
  const { stdout } = await run(process.execPath, [program], { env });
  t.match(stdout, /^The key \S+ is published/);
  t.equal((await app.inject({ url: '/.well-known/jwks.json' })).json().keys.length, 2);
  await post(app, '/api/auth/signup', ada);
  const { access_token } = (await post(app, '/api/auth/login', ada)).json();
  t.equal(decodeJwt(access_token).header.kid, key.kid);

  const other = { ...env, KEY_ENCRYPTION_KEY: 'x'.repeat(43) };
  await t.rejects(run(process.execPath, [program], { env: other }), {
    code: 1,
    stderr: /cannot be rotated: .*KEY_ENCRYPTION_KEY/,
  });
  t.equal(await db.prisma.signingKey.count(), 2, 'nothing was added');
});
