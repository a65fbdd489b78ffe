import { accessTokenAudience, accessTokenIssuer } from '@comprimemelo/contracts/account';
import jwt from '@fastify/jwt';
import type { FastifyRequest } from 'fastify';
import type { App } from '../http/http-app.js';
import { bearerToken } from './bearer-token.js';
import { invalidToken, tokenProblem } from './token-problem.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The id of the user in the access token. */
    userId: string;
  }
}

/** Finds the public key of a `kid` as PEM; undefined if there is none. Throws if the keys are not available. */
export type KeyFinder = (kid: string) => Promise<string | undefined>;

/**
 * Verifies the access token of a request again, for long-running requests, and returns its user id. Throws
 * `unauthenticated`, or `unavailable` while there are no keys. The app must use requireAccessToken.
 */
export async function verifyAccessToken({ headers, server }: FastifyRequest): Promise<string> {
  const token = bearerToken(headers.authorization);
  try {
    // Returns a promise despite its type, because the secret is a function.
    const { sub } = await server.jwt.verify<{ sub: string }>(token);
    return sub;
  } catch (error) {
    throw tokenProblem(
      error,
      'The access token is invalid or expired. Refresh it or log in again.',
    );
  }
}

/**
 * Requires an access token for every route added to `app` from now on, checked before the body is read: EdDSA only,
 * `typ` at+jwt (RFC 9068), issuer, audience and expiry. Verified tokens are cached until they expire.
 *
 * Uses `jwt.verify`, because request.jwtVerify() also decodes cached tokens, which costs a bare route a fifth of its
 * rate.
 */
export async function requireAccessToken(app: App, findKey: KeyFinder): Promise<void> {
  await app.register(jwt, {
    secret: async ({ header }: { header: { kid?: unknown } }) => {
      const key = typeof header.kid === 'string' ? await findKey(header.kid) : undefined;
      if (key === undefined)
        throw invalidToken(
          'The access token is signed with an unknown key. Refresh it or log in again.',
        );
      return key;
    },
    verify: {
      algorithms: ['EdDSA'],
      checkTyp: 'at+jwt',
      allowedIss: accessTokenIssuer,
      allowedAud: accessTokenAudience,
      requiredClaims: ['sub', 'exp', 'iat'],
      cache: 10_000,
      // Limits how long a token of a revoked key stays cached.
      cacheTTL: 60_000,
    },
  });
  app.decorateRequest('userId', '');
  app.addHook('onRequest', async (request) => {
    request.userId = await verifyAccessToken(request);
  });
}
