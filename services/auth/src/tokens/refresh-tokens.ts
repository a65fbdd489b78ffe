import { createHash, randomBytes } from 'node:crypto';
import type { Database, Transaction } from '@comprimemelo/prisma/client/client';
import { retrying } from '@comprimemelo/prisma/client/database-errors';
import { newId, toBytes } from '@comprimemelo/prisma/client/identifiers';

/** Milliseconds within which reuse counts as a retry after a lost response instead of theft. */
const grace = 10_000;

export interface FamilyToken {
  id: Uint8Array;
  userId: Uint8Array;
  tokenHash: Uint8Array;
  createdAt: Date;
  expiresAt: Date;
  rotatedAt: Date | null;
  revokedAt: Date | null;
}

const digest = (token: string) => new Uint8Array(createHash('sha256').update(token).digest());

const bytes = (value: Uint8Array) => Uint8Array.from(value);

/** Creates the next token of a family and returns it. Only its hash is stored. */
export async function insertToken(
  rows: Transaction['refreshToken'],
  { userId, familyId, createdAt, lifetime }: NewToken,
): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  const expiresAt = new Date(createdAt.getTime() + lifetime);
  const data = { userId: bytes(userId), familyId: bytes(familyId), createdAt, expiresAt };
  // A single INSERT; `create` would be a transaction that reads the row back.
  await rows.createMany({ data: { ...data, id: toBytes(newId()), tokenHash: digest(token) } });
  return token;
}

const insertFirst = `INSERT INTO refresh_tokens
    (id, user_id, family_id, token_hash, created_at, expires_at)
  SELECT ?, id, ?, ?, ?, ? FROM users WHERE id = ? AND password_hash = ?`;

/**
 * Stores the first token of a new family if the password is still the one that was checked: a log-in that was waiting
 * for its hash must not survive a password change. Undefined if the password has changed.
 */
export async function insertFirstToken(
  { pool }: Pick<Database, 'pool'>,
  user: CheckedUser,
  lifetime: number,
): Promise<{ token: string; familyId: Uint8Array } | undefined> {
  const token = randomBytes(32).toString('base64url');
  const familyId = toBytes(newId());
  const now = new Date();
  const expiresAt = new Date(now.getTime() + lifetime);
  const row = [toBytes(newId()), familyId, Buffer.from(digest(token)), now, expiresAt];
  const values = [...row, Buffer.from(user.id), user.passwordHash];
  const { affectedRows } = await pool.execute<{ affectedRows: number }>(insertFirst, values);
  return affectedRows === 1 ? { token, familyId } : undefined;
}

/** An account and the hash that its password was checked against. */
export interface CheckedUser {
  id: Uint8Array;
  passwordHash: string;
}

export interface NewToken {
  userId: Uint8Array;
  familyId: Uint8Array;
  createdAt: Date;
  /** Lifetime of a refresh token in milliseconds. */
  lifetime: number;
}

/**
 * Runs `work` with the family of `token`, exclusively: every change locks all rows of the family, so that a log-out
 * and a refresh are serialized. Undefined for an unknown token.
 */
export async function withFamily<Result>(
  db: Database,
  token: string,
  work: (tx: Transaction, family: Family) => Promise<Result>,
): Promise<Result | undefined> {
  const tokenHash = digest(token);
  const known = await db.prisma.refreshToken.findUnique({ where: { tokenHash } });
  if (known === null) return undefined;
  const familyId = bytes(known.familyId);
  const alone = async (tx: Transaction) => {
    const tokens = await tx.$queryRaw<FamilyToken[]>`
      SELECT id, user_id AS userId, token_hash AS tokenHash, created_at AS createdAt,
        expires_at AS expiresAt, rotated_at AS rotatedAt, revoked_at AS revokedAt
      FROM refresh_tokens WHERE family_id = ${familyId} FOR UPDATE`;
    const given = tokens.find((row) => Buffer.from(row.tokenHash).equals(tokenHash));
    return given && work(tx, { id: familyId, tokens, given });
  };
  return retrying(() => db.prisma.$transaction(alone));
}

export interface Family {
  id: Uint8Array<ArrayBuffer>;
  tokens: FamilyToken[];
  /** The token that was sent. */
  given: FamilyToken;
}

const unused = (token: FamilyToken) => token.rotatedAt === null && token.revokedAt === null;

/**
 * The token to replace: the given one or, if its response was lost a moment ago, its unused successor. A successor is
 * created at exactly the time when its predecessor was used, but a replacement of a successor is not, so this works
 * only once. Otherwise undefined.
 */
export function tokenToReplace({ tokens, given }: Family, now: Date): FamilyToken | undefined {
  if (given.expiresAt <= now) return undefined;
  if (unused(given)) return given;
  const usedAt = given.rotatedAt?.getTime();
  if (usedAt === undefined || now.getTime() - usedAt > grace) return undefined;
  return tokens.find((other) => unused(other) && other.createdAt.getTime() === usedAt);
}
