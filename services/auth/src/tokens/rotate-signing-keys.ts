import type { KeyObject } from 'node:crypto';
import type { Database, Transaction } from '@comprimemelo/prisma/client/client';
import { retrying } from '@comprimemelo/prisma/client/database-errors';
import { keyRow, kidOf } from './signing-keys.js';

export interface Rotation {
  key: KeyObject;
  encryptionKey: string;
  /** Seconds between the key's publication and its first signature. */
  lead?: number;
  accessTokenSeconds: number;
}

export interface Rotated {
  kid: string;
  signsFrom: Date;
  /** When the previous keys stop being published. */
  retiresAt: Date;
}

/**
 * Seconds. Verifiers must know a new key before it signs: the services refetch the set for an unknown `kid` at most
 * every 10 s, and others may cache the set for 60 s.
 */
const usualLead = 90;
/** Seconds for which old keys stay published after their last token expires, because instances reload every 15 s. */
const slack = 60;

const seconds = (count: number) => count * 1_000;

interface KnownKey {
  kid: string;
  /** Null while there is no newer key. */
  retiredAt: Date | null;
}

const isLiving = ({ retiredAt }: KnownKey) => retiredAt === null;

async function insert(
  tx: Transaction,
  known: KnownKey[],
  { key, encryptionKey, lead = usualLead, accessTokenSeconds }: Rotation,
): Promise<Rotated> {
  // The first key can sign immediately, because there is no earlier one.
  const signsFrom = new Date(Date.now() + (known.some(isLiving) ? seconds(lead) : 0));
  const retiresAt = new Date(signsFrom.getTime() + seconds(accessTokenSeconds + slack));
  const where = { retiredAt: null };
  await tx.signingKey.updateMany({ where, data: { retiredAt: retiresAt } });
  const row = keyRow(key, encryptionKey, signsFrom);
  await tx.signingKey.create({ data: row });
  return { kid: row.kid, signsFrom, retiresAt };
}

/**
 * Adds `key` if `wanted` accepts the existing keys, which are locked. It is published immediately and signs once all
 * verifiers can know it; earlier keys stay until their last token has expired.
 */
async function addKey(
  db: Database,
  rotation: Rotation,
  wanted: (known: KnownKey[]) => boolean,
): Promise<Rotated | undefined> {
  return retrying(() =>
    db.prisma.$transaction(async (tx) => {
      const known = await tx.$queryRaw<KnownKey[]>`
        SELECT kid, retired_at AS retiredAt FROM signing_keys FOR UPDATE`;
      return wanted(known) ? insert(tx, known, rotation) : undefined;
    }),
  );
}

/** Replaces the signing key without ever issuing a token that cannot be verified. */
export async function rotateSigningKeys(db: Database, rotation: Rotation): Promise<Rotated> {
  const rotated = await addKey(db, rotation, () => true);
  if (rotated === undefined) throw new Error('the key was not added');
  return rotated;
}

/** Ensures that there is a first key. Of several instances that start at the same time, one creates it. */
export async function provideFirstKey(db: Database, rotation: Rotation): Promise<void> {
  await addKey(db, rotation, (known) => !known.some(isLiving));
}

/** Makes the given key the newest. A key that was used before changes nothing. */
export async function provideGivenKey(db: Database, rotation: Rotation): Promise<void> {
  const given = kidOf(rotation.key);
  await addKey(db, rotation, (known) => !known.some(({ kid }) => kid === given));
}
