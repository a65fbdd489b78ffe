import {
  accessTokenAudience,
  accessTokenIssuer,
  type TokenSet,
} from '@comprimemelo/contracts/account';
import type { Database, Transaction } from '@comprimemelo/prisma/client/client';
import { fromBytes, newId } from '@comprimemelo/prisma/client/identifiers';
import type { AccessClaims } from '@comprimemelo/service/identity/access-token';
import { ProblemError } from '@comprimemelo/service/problem/problem-error';
import { createSigner } from 'fast-jwt';
import { endSession, endSessionsOf } from './end-sessions.js';
import type { KeyRing } from './key-ring.js';
import {
  type CheckedUser,
  type Family,
  insertFirstToken,
  insertToken,
  tokenToReplace,
  withFamily,
} from './refresh-tokens.js';
import type { SigningKey } from './signing-keys.js';

export interface TokenIssuer {
  /** Starts a session with a new family of refresh tokens. Undefined if the password has changed meanwhile. */
  logIn(user: CheckedUser): Promise<TokenSet | undefined>;
  /** Exchanges a refresh token for the next one of its family. Throws `invalid-refresh-token`. */
  rotate(refreshToken: string): Promise<TokenSet>;
  /** Ends the session of a refresh token, or every session of its user. An unknown token changes nothing. */
  revoke(refreshToken: string, options?: { everywhere?: boolean }): Promise<void>;
  /** Ends every session of a user, as a part of a transaction. */
  endAll(tx: Transaction, userId: Uint8Array): Promise<void>;
}

export interface TokenIssuerOptions {
  db: Database;
  keys: Pick<KeyRing, 'current'>;
  accessTokenSeconds: number;
  refreshTokenDays: number;
}

const day = 86_400_000;

const signerOf = ({ kid, privateKey }: SigningKey, accessTokenSeconds: number) =>
  createSigner({
    key: privateKey,
    algorithm: 'EdDSA',
    kid,
    header: { alg: 'EdDSA', typ: 'at+jwt' },
    iss: accessTokenIssuer,
    aud: accessTokenAudience,
    expiresIn: accessTokenSeconds * 1_000,
  });

export function createTokenIssuer(options: TokenIssuerOptions): TokenIssuer {
  const { db, keys, accessTokenSeconds, refreshTokenDays } = options;
  const lifetime = refreshTokenDays * day;
  let signer: { kid: string; sign: ReturnType<typeof signerOf> } | undefined;

  function sign(claims: AccessClaims & { jti: string }): string {
    const key = keys.current();
    if (signer?.kid !== key.kid) {
      signer = { kid: key.kid, sign: signerOf(key, accessTokenSeconds) };
    }
    return signer.sign(claims);
  }

  const tokenSet = (userId: Uint8Array, sessionId: Uint8Array, refreshToken: string): TokenSet => ({
    access_token: sign({ sub: fromBytes(userId), sid: fromBytes(sessionId), jti: newId() }),
    token_type: 'Bearer',
    expires_in: accessTokenSeconds,
    refresh_token: refreshToken,
  });

  const end = (tx: Transaction, family: Family) => endSession(tx, family, accessTokenSeconds);
  const endAll = (tx: Transaction, userId: Uint8Array) =>
    endSessionsOf(tx, userId, accessTokenSeconds);

  /** Undefined if the token may not be exchanged; its whole family is then revoked. */
  async function next(tx: Transaction, family: Family): Promise<TokenSet | undefined> {
    const now = new Date();
    const old = tokenToReplace(family, now);
    if (old === undefined) {
      await end(tx, family);
      return undefined;
    }
    const { userId } = family.given;
    await tx.refreshToken.update({
      where: { id: Uint8Array.from(old.id) },
      data: old === family.given ? { rotatedAt: now } : { revokedAt: now },
    });
    const familyId = family.id;
    const added = { userId, familyId, createdAt: now, lifetime };
    return tokenSet(userId, familyId, await insertToken(tx.refreshToken, added));
  }

  return {
    async logIn(user) {
      const first = await insertFirstToken(db, user, lifetime);
      return first && tokenSet(user.id, first.familyId, first.token);
    },
    async rotate(refreshToken) {
      const tokens = await withFamily(db, refreshToken, next);
      if (tokens === undefined) throw new ProblemError('invalid-refresh-token');
      return tokens;
    },
    async revoke(refreshToken, { everywhere = false } = {}) {
      await withFamily(db, refreshToken, (tx, family) =>
        everywhere ? endAll(tx, family.given.userId) : end(tx, family),
      );
    },
    endAll,
  };
}
