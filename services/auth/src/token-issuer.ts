import { createHash, randomBytes } from 'node:crypto';
import {
  accessTokenAudience,
  accessTokenIssuer,
  type TokenSet,
} from '@comprimemelo/contracts/account';
import type { Database } from '@comprimemelo/prisma/client';
import { fromBytes, newId, toBytes } from '@comprimemelo/prisma/identifiers';
import { ProblemError } from '@comprimemelo/service/problem-error';
import { createSigner } from 'fast-jwt';
import type { SigningKey } from './signing-keys.js';

export interface TokenIssuer {
  /** A log-in: a new family of refresh tokens. */
  logIn(userId: Uint8Array): Promise<TokenSet>;
  /** Trades a refresh token for the next of its family. Throws `invalid-refresh-token`. */
  rotate(refreshToken: string): Promise<TokenSet>;
  /** Revokes the family of a refresh token; one that is unknown changes nothing. */
  revoke(refreshToken: string): Promise<void>;
}

export interface TokenIssuerOptions {
  db: Database;
  key: SigningKey;
  accessTokenSeconds: number;
  refreshTokenDays: number;
}

/** A retry after a lost answer comes within this many milliseconds and is not taken for theft. */
const grace = 10_000;
const day = 86_400_000;

const digest = (token: string) => new Uint8Array(createHash('sha256').update(token).digest());

export function createTokenIssuer(options: TokenIssuerOptions): TokenIssuer {
  const { db, key, accessTokenSeconds, refreshTokenDays } = options;
  const { refreshToken: rows } = db.prisma;
  const sign = createSigner({
    key: key.privateKey,
    algorithm: 'EdDSA',
    kid: key.kid,
    header: { alg: 'EdDSA', typ: 'at+jwt' },
    iss: accessTokenIssuer,
    aud: accessTokenAudience,
    expiresIn: accessTokenSeconds * 1_000,
  });

  async function issue(userId: Uint8Array, familyId: Uint8Array): Promise<TokenSet> {
    const token = randomBytes(32).toString('base64url');
    const createdAt = new Date();
    const expiresAt = new Date(createdAt.getTime() + refreshTokenDays * day);
    const data = { userId: Uint8Array.from(userId), familyId: Uint8Array.from(familyId) };
    await rows.create({
      data: { ...data, id: toBytes(newId()), tokenHash: digest(token), createdAt, expiresAt },
    });
    return {
      access_token: sign({ sub: fromBytes(userId), jti: newId() }),
      token_type: 'Bearer',
      expires_in: accessTokenSeconds,
      refresh_token: token,
    };
  }

  const revokeFamily = (familyId: Uint8Array) =>
    rows.updateMany({
      where: { familyId: Uint8Array.from(familyId), revokedAt: null },
      data: { revokedAt: new Date() },
    });

  return {
    logIn: (userId) => issue(userId, toBytes(newId())),
    async rotate(refreshToken) {
      const row = await rows.findUnique({ where: { tokenHash: digest(refreshToken) } });
      const now = new Date();
      if (row === null || row.revokedAt !== null || row.expiresAt <= now) {
        throw new ProblemError('invalid-refresh-token');
      }
      const { count } = await rows.updateMany({
        where: { id: row.id, rotatedAt: null, revokedAt: null },
        data: { rotatedAt: now },
      });
      const usedAt = row.rotatedAt?.getTime() ?? now.getTime();
      if (count === 0 && now.getTime() - usedAt > grace) {
        await revokeFamily(row.familyId);
        throw new ProblemError('invalid-refresh-token');
      }
      return issue(row.userId, row.familyId);
    },
    async revoke(refreshToken) {
      const row = await rows.findUnique({ where: { tokenHash: digest(refreshToken) } });
      if (row !== null) await revokeFamily(row.familyId);
    },
  };
}
