import { createCipheriv, randomBytes } from 'node:crypto';
import t from 'tap';
import { seal, unseal } from '../../src/identity/sealed-box.js';

const newKey = () => randomBytes(32).toString('base64url');

t.test('what is sealed opens with its key and unchanged, and not otherwise', async (t) => {
  const key = newKey();
  const sealed = seal('a secret, ключ', key);
  t.equal(unseal(sealed, key), 'a secret, ключ');
  t.notSame(seal('a secret, ключ', key), sealed, 'each time another nonce');
  t.throws(() => unseal(sealed, newKey()));
  for (const position of [0, 1, 4, 5, 18, sealed.length - 1]) {
    const changed = Buffer.from(sealed);
    changed.writeUInt8(changed.readUInt8(position) ^ 1, position);
    t.throws(() => unseal(changed, key), `a bit changed at ${position}`);
  }
  for (const length of [0, 4, 5, 17, 33]) t.throws(() => unseal(sealed.subarray(0, length), key));
});

t.test('the first key of several seals, each opens', async (t) => {
  const [former, current, next] = [newKey(), newKey(), newKey()];
  const old = seal('old', former);
  const fresh = seal('fresh', `${current},${former}`);
  t.equal(unseal(old, `${current},${former}`), 'old');
  t.equal(unseal(fresh, current), 'fresh');
  t.throws(() => unseal(fresh, former), 'the second key does not seal');
  t.equal(unseal(fresh, `${next},${former},${current}`), 'fresh');
  t.throws(() => unseal(old, `${next},${current}`), 'a key that is gone opens nothing');
});

t.test('the box names its key and says nothing else of it', async (t) => {
  const key = newKey();
  const ids = [seal('a', key), seal('b', `${key}=`), seal('c', newKey())].map((box) =>
    box.subarray(0, 5).toString('hex'),
  );
  t.match(ids[0], /^01/);
  t.equal(ids[0], ids[1]);
  t.not(ids[0], ids[2]);
  t.notOk(
    Buffer.from(key, 'base64url')
      .toString('hex')
      .includes(`${ids[0]?.slice(2)}`),
  );
});

/** As it was sealed before keys had ids: nonce, tag, text. */
function sealedWithoutId(plain: string, key: string, iv = randomBytes(12)): Buffer {
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(key, 'base64url'), iv);
  const text = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), text]);
}

t.test('a box from before keys had ids opens, with each key', async (t) => {
  const [former, current] = [newKey(), newKey()];
  const box = sealedWithoutId('old', former);
  t.equal(unseal(box, former), 'old');
  t.equal(unseal(box, `${current},${former}`), 'old');
  t.throws(() => unseal(box, current));
  const id = seal('', former).subarray(0, 5);
  const alike = Buffer.concat([id, randomBytes(7)]);
  t.equal(unseal(sealedWithoutId('old', former, alike), former), 'old', 'whatever its nonce');
});
