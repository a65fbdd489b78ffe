import { randomBytes } from 'node:crypto';
import { Webhook as Verifier } from 'standardwebhooks';
import t from 'tap';
import { signedHeaders } from '../../src/deliveries/signed-headers.js';
import { newSecret, sealSecret, signingKeys } from '../../src/registrations/signing-secret.js';

const key = randomBytes(32).toString('base64url');

t.test('a secret is whsec_ and 32 bytes, and none is like another', async (t) => {
  const secrets = Array.from({ length: 100 }, newSecret);
  for (const secret of secrets) {
    t.match(secret, /^whsec_[A-Za-z0-9+/]{43}=$/);
    t.equal(Buffer.from(secret.slice(6), 'base64').length, 32);
  }
  t.equal(new Set(secrets).size, 100);
});

t.test('what is stored does not show it, and opens with the key alone', async (t) => {
  const secret = newSecret();
  const sealedSecret = sealSecret(secret, key);
  t.notOk(sealedSecret.toString('latin1').includes(secret.slice(6, 20)));
  const stored = { sealedSecret, formerSecret: null, formerSecretUntil: null };
  t.same(signingKeys(stored, key, new Date()), [Buffer.from(secret.slice(6), 'base64')]);
  t.throws(() => signingKeys(stored, randomBytes(32).toString('base64url'), new Date()));
});

t.test('a former secret signs beside the new one until its time is over', async (t) => {
  const [former, present] = [newSecret(), newSecret()];
  const until = new Date('2026-01-31T12:00:00Z');
  const stored = {
    sealedSecret: sealSecret(present, key),
    formerSecret: sealSecret(former, key),
    formerSecretUntil: until,
  };
  const at = new Date();
  const verifies = (secret: string, now: Date) => {
    const what = { eventId: 'e1', payload: '{"a":"ü"}', at };
    const headers = signedHeaders(what, signingKeys(stored, key, now));
    try {
      new Verifier(secret).verify(what.payload, headers);
      return true;
    } catch {
      return false;
    }
  };
  const [before, after] = [new Date(until.getTime() - 1), until];
  t.ok(verifies(present, before) && verifies(former, before));
  t.ok(verifies(present, after));
  t.notOk(verifies(former, after));
});
