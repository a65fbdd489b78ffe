import {
  accessTokenAudience,
  accessTokenIssuer,
  type TokenSet,
} from '@comprimemelo/contracts/account';
import type { Database, Transaction } from '@comprimemelo/prisma/client';
import { fromBytes, newId, toBytes } from '@comprimemelo/prisma/identifiers';
import { ProblemError } from '@comprimemelo/service/problem-error';
import { createSigner } from 'fast-jwt';
import {
  type Family,
  insertToken,
  revokeFamily,
  tokenToReplace,
  withFamily,
} from './refresh-tokens.js';
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

const day = 86_400_000;

export function createTokenIssuer(options: TokenIssuerOptions): TokenIssuer {
  const { db, key, accessTokenSeconds, refreshTokenDays } = options;
  const lifetime = refreshTokenDays * day;
  const sign = createSigner({
    key: key.privateKey,
    algorithm: 'EdDSA',
    kid: key.kid,
    header: { alg: 'EdDSA', typ: 'at+jwt' },
    iss: accessTokenIssuer,
    aud: accessTokenAudience,
    expiresIn: accessTokenSeconds * 1_000,
  });

  const tokenSet = (userId: Uint8Array, refreshToken: string): TokenSet => ({
    access_token: sign({ sub: fromBytes(userId), jti: newId() }),
    token_type: 'Bearer',
    expires_in: accessTokenSeconds,
    refresh_token: refreshToken,
  });

  /** Undefined where the token is not to be traded: then none of its family is, from here on. */
  async function next(tx: Transaction, family: Family): Promise<TokenSet | undefined> {
    const now = new Date();
    const old = tokenToReplace(family, now);
    if (old === undefined) {
      await revokeFamily(tx, family);
      return undefined;
    }
    const { userId } = family.given;
    await tx.refreshToken.update({
      where: { id: Uint8Array.from(old.id) },
      data: old === family.given ? { rotatedAt: now } : { revokedAt: now },
    });
    const familyId = family.id;
    const added = { userId, familyId, createdAt: now, lifetime };
    return tokenSet(userId, await insertToken(tx.refreshToken, added));
  }

  return {
    async logIn(userId) {
      const familyId = toBytes(newId());
      const added = { userId, familyId, createdAt: new Date(), lifetime };
      return tokenSet(userId, await insertToken(db.prisma.refreshToken, added));
    },
    async rotate(refreshToken) {
      const tokens = await withFamily(db, refreshToken, next);
      if (tokens === undefined) throw new ProblemError('invalid-refresh-token');
      return tokens;
    },
    async revoke(refreshToken) {
      await withFamily(db, refreshToken, revokeFamily);
    },
  };
}
