import type { FastifyRequest } from 'fastify';
import type { App } from '../http/http-app.js';
import { ProblemError } from '../http/problem-error.js';
import type { AccessTokenVerifier } from './access-token.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The id of the user whose access token the request carries. */
    userId: string;
  }
}

/** The token of an Authorization header (RFC 6750); throws `unauthenticated` where there is none. */
export function bearerToken(authorization: string | undefined): string {
  const match = /^Bearer +([\w~+/.=-]+)$/i.exec(authorization ?? '');
  if (match?.[1] !== undefined) return match[1];
  throw new ProblemError('unauthenticated', {
    detail: 'Send the access token as `Authorization: Bearer <token>`.',
    headers: { 'www-authenticate': 'Bearer' },
  });
}

/** Every route of `app` that is added from here on wants an access token, checked before the body is read. */
export function requireAccessToken(app: App, verify: AccessTokenVerifier): void {
  app.decorateRequest('userId', '');
  app.addHook('onRequest', async (request: FastifyRequest) => {
    request.userId = await verify(bearerToken(request.headers.authorization));
  });
}
