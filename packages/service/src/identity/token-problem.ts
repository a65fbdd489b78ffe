import { ProblemError } from '../http/problem-error.js';

/** The codes of fast-jwt and @fastify/jwt: all but one say that the token is at fault. */
const tokenCode = /^FA?ST_JWT_/;
const noKeyCode = 'FAST_JWT_KEY_FETCHING_ERROR';

/** `unauthenticated`, with the challenge of RFC 6750. */
export const invalidToken = (detail: string, cause?: unknown): ProblemError =>
  new ProblemError('unauthenticated', {
    detail,
    headers: { 'www-authenticate': 'Bearer error="invalid_token"' },
    cause,
  });

/** Why a token was refused: by its own fault, with this detail, or `unavailable` since no key was to be had. */
export function tokenProblem(error: unknown, detail: string): ProblemError {
  const { code = '', originalError } = error as { code?: string; originalError?: unknown };
  if (originalError instanceof ProblemError) return originalError;
  if (tokenCode.test(code) && code !== noKeyCode) return invalidToken(detail, error);
  return new ProblemError('unavailable', {
    detail: 'Tokens cannot be checked now.',
    headers: { 'retry-after': '1' },
    cause: error,
  });
}
