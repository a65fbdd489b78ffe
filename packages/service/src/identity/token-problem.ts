import { ProblemError } from '../problem/problem-error.js';

/** The codes of fast-jwt and @fastify/jwt: all but one mean that the token is invalid. */
const tokenCode = /^FA?ST_JWT_/;
const noKeyCode = 'FAST_JWT_KEY_FETCHING_ERROR';

/** `unauthenticated`, with the challenge of RFC 6750. */
export const invalidToken = (detail: string, cause?: unknown): ProblemError =>
  new ProblemError('unauthenticated', {
    detail,
    headers: { 'www-authenticate': 'Bearer error="invalid_token"' },
    cause,
  });

/** Maps a verification error: `unauthenticated` with this detail, or `unavailable` if no key could be fetched. */
export function tokenProblem(error: unknown, detail: string): ProblemError {
  if (error instanceof ProblemError) return error;
  const { code = '', originalError } = error as { code?: string; originalError?: unknown };
  if (originalError instanceof ProblemError) return originalError;
  if (tokenCode.test(code) && code !== noKeyCode) return invalidToken(detail, error);
  return new ProblemError('unavailable', {
    detail: 'Access tokens cannot be verified at the moment. Try again shortly.',
    headers: { 'retry-after': '1' },
    cause: error,
  });
}
