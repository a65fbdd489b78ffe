import { accessTokenAudience, accessTokenIssuer } from '@comprimemelo/contracts/account';
import jwt from '@fastify/jwt';
import type { FastifyRequest } from 'fastify';
import type { App } from '../http/http-app.js';
import { bearerToken } from './bearer-token.js';
import { invalidToken, tokenProblem } from './token-problem.js';

declare module 'fastify' {
  interface FastifyInstance {
    /** Whether the session has ended. */
    hasEnded(sessionId: string): boolean;
  }
  interface FastifyRequest {
    /** The id of the user in the access token. */
    userId: string;
    /** The id of the session that the access token belongs to; empty in a token without one. */
    sessionId: string;
  }
}

declare module '@fastify/jwt' {
  interface FastifyJWT {
    payload: AccessClaims;
  }
}

/** The claims of an access token that services read. */
export interface AccessClaims {
  /** The id of the user. */
  sub: string;
  /** The id of the session: the log-in that it came from. */
  sid?: string;
}

/** Finds the public key of a `kid` as PEM; undefined if there is none. Throws if the keys are not available. */
export type KeyFinder = (kid: string) => Promise<string | undefined>;

/** What an app needs to check access tokens. */
export interface AccessOptions {
  findKey: KeyFinder;
  /** Whether the session has ended although its access tokens have not expired. */
  hasEnded(sessionId: string): boolean;
}

/**
 * Verifies the access token of a request again, for long-running requests, and returns its claims. Throws
 * `unauthenticated`, or `unavailable` while there are no keys. The app must use requireAccessToken.
 */
export async function verifyAccessToken({
  headers,
  server,
}: FastifyRequest): Promise<AccessClaims> {
  const token = bearerToken(headers.authorization);
  try {
    // Returns a promise despite its type, because the secret is a function.
    const claims = await server.jwt.verify<AccessClaims>(token);
    if (claims.sid !== undefined && server.hasEnded(claims.sid))
      throw invalidToken('The session of the access token has ended. Log in again.');
    return claims;
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
export async function requireAccessToken(
  app: App,
  { findKey, hasEnded }: AccessOptions,
): Promise<void> {
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
  app.decorate('hasEnded', hasEnded);
  app.decorateRequest('userId', '');
  app.decorateRequest('sessionId', '');
  app.addHook('onRequest', async (request) => {
    const { sub, sid = '' } = await verifyAccessToken(request);
    request.userId = sub;
    request.sessionId = sid;
  });
}
