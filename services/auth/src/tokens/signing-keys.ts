import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type JsonWebKey,
  type KeyObject,
} from 'node:crypto';
import type { Database } from '@comprimemelo/prisma/client/client';
import { ConfigError } from '@comprimemelo/service/config';
import { seal, unseal } from '@comprimemelo/service/identity/sealed-box';

export interface SigningKey {
  kid: string;
  /** PKCS #8, PEM. */
  privateKey: string;
  signsFrom: Date;
}

const publicJwk = (key: KeyObject) => createPublicKey(key).export({ format: 'jwk' });

/** The RFC 7638 thumbprint of an Ed25519 key. */
export function kidOf(key: KeyObject): string {
  const { crv, kty, x } = publicJwk(key);
  return createHash('sha256').update(JSON.stringify({ crv, kty, x })).digest('base64url');
}

export const generateKey = (): KeyObject => generateKeyPairSync('ed25519').privateKey;

/** A key from the environment: PKCS #8, DER, base64url. Throws a ConfigError for any but an Ed25519 key. */
export function readGivenKey(text: string): KeyObject {
  try {
    const der = Buffer.from(text, 'base64url');
    const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // Reported below, without the value.
  }
  throw new ConfigError('SIGNING_KEY is no Ed25519 key as PKCS #8 in DER and base64url');
}

/** The row of a key. It is published once it is written and signs from `signsFrom`. */
export function keyRow(key: KeyObject, encryptionKey: string, signsFrom: Date) {
  const kid = kidOf(key);
  const privateKey = key.export({ type: 'pkcs8', format: 'pem' }) as string;
  return {
    kid,
    publicJwk: JSON.stringify({ ...publicJwk(key), kid, use: 'sig', alg: 'EdDSA' }),
    privateEncrypted: new Uint8Array(seal(privateKey, encryptionKey)),
    createdAt: new Date(),
    signsFrom,
  };
}

const inUse = () => ({ OR: [{ retiredAt: null }, { retiredAt: { gt: new Date() } }] });

/** All keys in use, the newest first. Throws a ConfigError if they were encrypted with a different key. */
export async function loadSigningKeys(db: Database, encryptionKey: string): Promise<SigningKey[]> {
  const orderBy = [{ signsFrom: 'desc' }, { kid: 'asc' }] as const;
  const rows = await db.prisma.signingKey.findMany({ where: inUse(), orderBy: [...orderBy] });
  try {
    return rows.map(({ kid, privateEncrypted, signsFrom }) => ({
      kid,
      signsFrom,
      privateKey: unseal(privateEncrypted, encryptionKey),
    }));
  } catch (cause) {
    throw new ConfigError(
      'the signing key in the database was encrypted with another KEY_ENCRYPTION_KEY',
      { cause },
    );
  }
}

/** All public keys that a valid token may be signed with, as JWKs. */
export async function publicKeys(db: Database): Promise<JsonWebKey[]> {
  const rows = await db.prisma.signingKey.findMany({
    where: inUse(),
    select: { publicJwk: true },
  });
  return rows.map((row) => JSON.parse(row.publicJwk) as JsonWebKey);
}

/** The public key `kid` as PEM; undefined where it is not in use. */
export async function publicKeyPem(db: Database, kid: string): Promise<string | undefined> {
  const row = await db.prisma.signingKey.findFirst({ where: { kid, ...inUse() } });
  if (row === null) return undefined;
  const key = createPublicKey({ key: JSON.parse(row.publicJwk) as JsonWebKey, format: 'jwk' });
  return key.export({ type: 'spki', format: 'pem' }) as string;
}
