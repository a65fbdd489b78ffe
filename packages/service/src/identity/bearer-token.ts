import { ProblemError } from '../problem/problem-error.js';

/** The token in an Authorization header (RFC 6750). Throws `unauthenticated` if there is none. */
export function bearerToken(authorization: string | undefined): string {
  const match = /^Bearer +([\w~+/.=-]+)$/i.exec(authorization ?? '');
  if (match?.[1] !== undefined) return match[1];
  throw new ProblemError('unauthenticated', {
    detail: 'The request has no access token. Send it as `Authorization: Bearer <token>`.',
    headers: { 'www-authenticate': 'Bearer' },
  });
}
