import { createHash, createPublicKey, generateKeyPairSync, type JsonWebKey } from 'node:crypto';
import type { Database } from '@comprimemelo/prisma/client';
import { ConfigError } from '@comprimemelo/service/config';
import { seal, unseal } from '@comprimemelo/service/sealed-box';

export interface SigningKey {
  kid: string;
  /** PKCS #8, PEM. */
  privateKey: string;
}

/** The RFC 7638 thumbprint of an Ed25519 key. */
function thumbprint({ crv, kty, x }: JsonWebKey): string {
  return createHash('sha256').update(JSON.stringify({ crv, kty, x })).digest('base64url');
}

async function createSigningKey(db: Database, encryptionKey: string): Promise<SigningKey> {
  const pair = generateKeyPairSync('ed25519');
  const jwk = pair.publicKey.export({ format: 'jwk' });
  const kid = thumbprint(jwk);
  const privateKey = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
  await db.prisma.signingKey.create({
    data: {
      kid,
      publicJwk: JSON.stringify({ ...jwk, kid, use: 'sig', alg: 'EdDSA' }),
      privateEncrypted: new Uint8Array(seal(privateKey, encryptionKey)),
      createdAt: new Date(),
    },
  });
  return { kid, privateKey };
}

/**
 * The newest Ed25519 key in use, made on the first start. Two instances that start at once may make one
 * each: both are published, so tokens of either are valid.
 */
export async function loadSigningKey(db: Database, encryptionKey: string): Promise<SigningKey> {
  const row = await db.prisma.signingKey.findFirst({
    where: { retiredAt: null },
    orderBy: { createdAt: 'desc' },
  });
  if (row === null) return createSigningKey(db, encryptionKey);
  try {
    return { kid: row.kid, privateKey: unseal(row.privateEncrypted, encryptionKey) };
  } catch (cause) {
    throw new ConfigError(
      'the signing key in the database was encrypted with another KEY_ENCRYPTION_KEY',
      { cause },
    );
  }
}

/** Every public key that a token in circulation may be signed with, as JWKs. */
export async function publicKeys(db: Database): Promise<JsonWebKey[]> {
  const rows = await db.prisma.signingKey.findMany({
    where: { retiredAt: null },
    select: { publicJwk: true },
  });
  return rows.map((row) => JSON.parse(row.publicJwk) as JsonWebKey);
}

/** The public key `kid` as PEM; undefined where it is not in use. */
export async function publicKeyPem(db: Database, kid: string): Promise<string | undefined> {
  const row = await db.prisma.signingKey.findFirst({ where: { kid, retiredAt: null } });
  if (row === null) return undefined;
  const key = createPublicKey({ key: JSON.parse(row.publicJwk) as JsonWebKey, format: 'jwk' });
  return key.export({ type: 'spki', format: 'pem' }) as string;
}
