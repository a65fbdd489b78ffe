import { accessTokenAudience, accessTokenIssuer } from '@comprimemelo/contracts/account';
import jwt from '@fastify/jwt';
import type { FastifyRequest } from 'fastify';
import type { App } from '../http/http-app.js';
import { bearerToken } from './bearer-token.js';
import { invalidToken, tokenProblem } from './token-problem.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The id of the user whose access token the request carries. */
    userId: string;
  }
}

/** Finds the public key of a `kid`, as PEM; undefined where there is none. Throws when it cannot say. */
export type KeyFinder = (kid: string) => Promise<string | undefined>;

/**
 * The id of the user whose access token the request carries. Throws `unauthenticated`, or `unavailable` while
 * there are no keys to check with. On the app of requireAccessToken, for a request that goes on for long.
 */
export async function verifyAccessToken({ headers, server }: FastifyRequest): Promise<string> {
  const token = bearerToken(headers.authorization);
  try {
    // A promise, whatever the type says: the secret is a function.
    const { sub } = await server.jwt.verify<{ sub: string }>(token);
    return sub;
  } catch (error) {
    throw tokenProblem(error, 'The access token is not valid.');
  }
}

/**
 * Every route of `app` that is added from here on wants an access token, checked before the body is read: EdDSA
 * alone, `typ` at+jwt (RFC 9068), issuer, audience and expiry. What was verified is kept until it expires.
 *
 * By `jwt.verify`: request.jwtVerify() decodes a token that is kept, which costs a bare route a fifth of its rate.
 */
export async function requireAccessToken(app: App, findKey: KeyFinder): Promise<void> {
  await app.register(jwt, {
    secret: async ({ header }: { header: { kid?: unknown } }) => {
      const key = typeof header.kid === 'string' ? await findKey(header.kid) : undefined;
      if (key === undefined) throw invalidToken('The token is signed with an unknown key.');
      return key;
    },
    verify: {
      algorithms: ['EdDSA'],
      checkTyp: 'at+jwt',
      allowedIss: accessTokenIssuer,
      allowedAud: accessTokenAudience,
      requiredClaims: ['sub', 'exp', 'iat'],
      cache: 10_000,
      // A token of a key that was taken back is forgotten soon.
      cacheTTL: 60_000,
    },
  });
  app.decorateRequest('userId', '');
  app.addHook('onRequest', async (request) => {
    request.userId = await verifyAccessToken(request);
  });
}
