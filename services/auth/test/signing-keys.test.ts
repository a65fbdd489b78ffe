import { randomBytes } from 'node:crypto';
import t from 'tap';
import { loadSigningKey, publicKeys } from '../src/signing-keys.js';
import { authFixture } from './auth-fixture.js';

t.test('the key of the first start serves every later one', async (t) => {
  const { app, db, key, encryptionKey } = await authFixture(t);
  t.strictSame(await loadSigningKey(db, encryptionKey), key);
  const row = await db.prisma.signingKey.findFirstOrThrow();
  t.notMatch(Buffer.from(row.privateEncrypted).toString('latin1'), /PRIVATE KEY/);
  await t.rejects(loadSigningKey(db, randomBytes(32).toString('base64url')), /KEY_ENCRYPTION_KEY/);

  const response = await app.inject({ url: '/.well-known/jwks.json' });
  t.match(response.json(), {
    keys: [{ kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA', use: 'sig', kid: key.kid }],
  });
  t.notOk('d' in response.json().keys[0], 'nothing private is published');

  await db.prisma.signingKey.updateMany({ data: { retiredAt: new Date() } });
  t.strictSame(await publicKeys(db), [], 'a retired key is not published');
  const next = await loadSigningKey(db, encryptionKey);
  t.not(next.kid, key.kid);
});
