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
  /** Until when the keys before it are published. */
  retiresAt: Date;
}

/**
 * Seconds. Whoever verifies by the published keys must know the new one before it signs: the services ask
 * again for an unknown `kid` unless they did within 10 s, others may cache the set for 60 s.
 */
const usualLead = 90;
/** Seconds that the old keys stay beyond the life of their last token: instances look every 15 s. */
const slack = 60;

const seconds = (count: number) => count * 1_000;

interface KnownKey {
  kid: string;
  /** Null while no other key follows it. */
  retiredAt: Date | null;
}

const isLiving = ({ retiredAt }: KnownKey) => retiredAt === null;

async function insert(
  tx: Transaction,
  known: KnownKey[],
  { key, encryptionKey, lead = usualLead, accessTokenSeconds }: Rotation,
): Promise<Rotated> {
  // Nothing is signed by another key before the first.
  const signsFrom = new Date(Date.now() + (known.some(isLiving) ? seconds(lead) : 0));
  const retiresAt = new Date(signsFrom.getTime() + seconds(accessTokenSeconds + slack));
  const where = { retiredAt: null };
  await tx.signingKey.updateMany({ where, data: { retiredAt: retiresAt } });
  const row = keyRow(key, encryptionKey, signsFrom);
  await tx.signingKey.create({ data: row });
  return { kid: row.kid, signsFrom, retiresAt };
}

/**
 * Adds `key` where `wanted` says so of the keys that are there, locked: it is published at once, and signs
 * when everybody can know it; those before it stay until their last token has expired.
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

/** Puts a new key in the place of the one that signs, without a token that cannot be verified. */
export async function rotateSigningKeys(db: Database, rotation: Rotation): Promise<Rotated> {
  const rotated = await addKey(db, rotation, () => true);
  if (rotated === undefined) throw new Error('the key was not added');
  return rotated;
}

/** Makes sure of a first key. Of several instances that start at once, one makes it. */
export async function provideFirstKey(db: Database, rotation: Rotation): Promise<void> {
  await addKey(db, rotation, (known) => !known.some(isLiving));
}

/** Makes a given key the newest, once: one that has been here before changes nothing. */
export async function provideGivenKey(db: Database, rotation: Rotation): Promise<void> {
  const given = kidOf(rotation.key);
  await addKey(db, rotation, (known) => !known.some(({ kid }) => kid === given));
}
