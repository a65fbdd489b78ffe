import { ProblemError } from '../http/problem-error.js';

/** The token of an Authorization header (RFC 6750); throws `unauthenticated` where there is none. */
export function bearerToken(authorization: string | undefined): string {
  const match = /^Bearer +([\w~+/.=-]+)$/i.exec(authorization ?? '');
  if (match?.[1] !== undefined) return match[1];
  throw new ProblemError('unauthenticated', {
    detail: 'Send the access token as `Authorization: Bearer <token>`.',
    headers: { 'www-authenticate': 'Bearer' },
  });
}
