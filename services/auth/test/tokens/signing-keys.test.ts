import { randomBytes } from 'node:crypto';
import { createLogger } from '@comprimemelo/service/process/logger';
import t from 'tap';
import { openKeyRing } from '../../src/tokens/key-ring.js';
import { generateKey, kidOf, loadSigningKeys, publicKeys } from '../../src/tokens/signing-keys.js';
import { authFixture, cleanDatabase } from '../auth-fixture.js';

const logger = createLogger('auth', 'silent');

t.test('the key of the first start serves every later one', async (t) => {
  const { app, db, key, encryptionKey } = await authFixture(t);
  const options = { db, logger, encryptionKey, accessTokenSeconds: 600 };
  const again = await openKeyRing(options);
  t.teardown(() => again.close());
  t.strictSame(again.current(), key);
  const row = await db.prisma.signingKey.findFirstOrThrow();
  t.notMatch(Buffer.from(row.privateEncrypted).toString('latin1'), /PRIVATE KEY/);
  const another = randomBytes(32).toString('base64url');
  await t.rejects(loadSigningKeys(db, another), /KEY_ENCRYPTION_KEY/);

  const response = await app.inject({ url: '/.well-known/jwks.json' });
  t.match(response.json(), {
    keys: [{ kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA', use: 'sig', kid: key.kid }],
  });
  t.notOk('d' in response.json().keys[0], 'nothing private is published');

  await db.prisma.signingKey.updateMany({ data: { retiredAt: new Date() } });
  t.strictSame(await publicKeys(db), [], 'a retired key is not published');
  const next = await openKeyRing(options);
  t.teardown(() => next.close());
  t.not(next.current().kid, key.kid);
});

t.test('ten instances that start at once have one key', async (t) => {
  const { db } = await cleanDatabase();
  const encryptionKey = randomBytes(32).toString('base64url');
  const options = { db, logger, encryptionKey, accessTokenSeconds: 600 };
  const rings = await Promise.all(Array.from({ length: 10 }, () => openKeyRing(options)));
  for (const ring of rings) ring.close();
  t.equal(new Set(rings.map((ring) => ring.current().kid)).size, 1);
  t.equal(await db.prisma.signingKey.count(), 1);
});

t.test('a given key is the first, and a second start with it changes nothing', async (t) => {
  const { db } = await cleanDatabase();
  const encryptionKey = randomBytes(32).toString('base64url');
  const key = generateKey();
  const given = key.export({ type: 'pkcs8', format: 'der' }).toString('base64url');
  const options = { db, logger, encryptionKey, accessTokenSeconds: 600 };
  for (let starts = 0; starts < 2; starts += 1) {
    const ring = await openKeyRing({ ...options, given });
    ring.close();
    t.equal(ring.current().kid, kidOf(key));
  }
  t.equal(await db.prisma.signingKey.count(), 1);
  const wrong = openKeyRing({ ...options, given: given.replace(/^..../, 'AAAA') });
  await t.rejects(wrong, /^SIGNING_KEY is no Ed25519 key/);
});
