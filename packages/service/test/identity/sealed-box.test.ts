import { randomBytes } from 'node:crypto';
import t from 'tap';
import { seal, unseal } from '../../src/identity/sealed-box.js';

t.test('what is sealed opens with its key and unchanged, and not otherwise', async (t) => {
  const key = randomBytes(32).toString('base64url');
  const sealed = seal('a secret, ключ', key);
  t.equal(unseal(sealed, key), 'a secret, ключ');
  t.notSame(seal('a secret, ключ', key), sealed, 'each time another nonce');
  t.throws(() => unseal(sealed, randomBytes(32).toString('base64url')));
  for (const position of [0, 13, sealed.length - 1]) {
    const changed = Buffer.from(sealed);
    changed.writeUInt8(changed.readUInt8(position) ^ 1, position);
    t.throws(() => unseal(changed, key), `a bit changed at ${position}`);
  }
});
