import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

/** The first byte of a box that names its key. */
const format = 1;
const idBytes = 4;
const ivBytes = 12;
const tagBytes = 16;

/** The keys of a setting, the newest first: 32 bytes in base64url each, separated by commas. */
export const keysOf = (setting: string): [string, ...string[]] => {
  const [first = '', ...former] = setting.split(',');
  return [first, ...former];
};

/** Says which key it is and nothing of it. */
const idOf = (key: string): Buffer =>
  createHash('sha256')
    .update(`key id ${key.slice(0, 43)}`)
    .digest()
    .subarray(0, idBytes);

const headOf = (key: string): Buffer => Buffer.concat([Buffer.of(format), idOf(key)]);

/**
 * AES-256-GCM under the first of the keys. The box: a byte 1, the 4-byte id of the key, the 12-byte nonce, the 16-byte
 * tag, then the text. Version and id are authenticated with the text.
 */
export function seal(plain: string, keys: string): Buffer {
  const [key] = keysOf(keys);
  const head = headOf(key);
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(key, 'base64url'), iv).setAAD(head);
  const text = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return Buffer.concat([head, iv, cipher.getAuthTag(), text]);
}

function open(box: Buffer, key: string, head: Buffer): string {
  const iv = box.subarray(0, ivBytes);
  const decipher = createDecipheriv('aes-256-gcm', Buffer.from(key, 'base64url'), iv);
  decipher.setAAD(head);
  decipher.setAuthTag(box.subarray(ivBytes, ivBytes + tagBytes));
  const plain = decipher.update(box.subarray(ivBytes + tagBytes));
  return Buffer.concat([plain, decipher.final()]).toString('utf8');
}

/** The text, or the error of an opening that fails. */
function tried(box: Buffer, key: string, head: Buffer): string | Error {
  try {
    return open(box, key, head);
  } catch (error) {
    return error as Error;
  }
}

/**
 * Undoes seal with whichever of the keys it was. Boxes from before keys had ids begin with the nonce: each key is tried
 * on them. Throws where no key opens the box or a bit has changed.
 */
export function unseal(sealed: Uint8Array, keys: string): string {
  const box = Buffer.from(sealed);
  const named = keysOf(keys).map((key): [string, Buffer] => [key, headOf(key)]);
  const withId = named.filter(([, head]) => box.subarray(0, head.length).equals(head));
  const attempts = [
    ...withId.map(([key, head]) => tried(box.subarray(head.length), key, head)),
    ...named.map(([key]) => tried(box, key, Buffer.alloc(0))),
  ];
  const text = attempts.find((attempt) => typeof attempt === 'string');
  if (text === undefined) throw attempts[0];
  return text;
}
