/**
 * Every problem that the API answers with, in one list: the slug of `type`, its HTTP status and its title.
 * A problem of a task (`Task.error`) uses the same slugs. Source: RFC 9457.
 */
export const problems = {
  'invalid-request': { status: 400, title: 'The request does not have the expected form' },
  'invalid-cursor': { status: 400, title: 'The cursor is not one that this list gave' },
  'upload-truncated': { status: 400, title: 'The upload ended before it was complete' },
  'malformed-multipart': { status: 400, title: 'The multipart body cannot be read' },
  unauthenticated: { status: 401, title: 'A valid access token is needed' },
  'bad-credentials': { status: 401, title: 'The user name or the password is wrong' },
  'invalid-refresh-token': { status: 401, title: 'The refresh token is unknown, used or expired' },
  forbidden: { status: 403, title: 'The caller may not do this' },
  'not-found': { status: 404, title: 'There is nothing at this address' },
  'task-not-found': { status: 404, title: 'There is no such task' },
  'file-not-found': { status: 404, title: 'There is no such file' },
  'blob-not-found': { status: 404, title: 'There is no such blob' },
  'account-not-found': { status: 404, title: 'There is no such account' },
  'method-not-allowed': { status: 405, title: 'The address does not take this method' },
  'request-timeout': { status: 408, title: 'The request took too long to arrive' },
  'email-taken': { status: 409, title: 'An account with this e-mail address exists' },
  'username-taken': { status: 409, title: 'An account with this user name exists' },
  'not-processed': { status: 409, title: 'The task has no result yet' },
  'several-results': { status: 409, title: 'The task has several results' },
  'task-busy': { status: 409, title: 'The task is being processed' },
  'task-not-failed': { status: 409, title: 'Only a failed or cancelled task can be tried again' },
  'task-ended': { status: 409, title: 'The task has already ended' },
  'file-in-use': { status: 409, title: 'A task needs this file' },
  'idempotency-in-flight': {
    status: 409,
    title: 'The first request with this key is still in flight',
  },
  'precondition-failed': { status: 412, title: 'A condition of the request does not hold' },
  'upload-too-large': { status: 413, title: 'The upload is over the limit' },
  'unsupported-media-type': { status: 415, title: 'The body has a type that is not read here' },
  'range-not-satisfiable': { status: 416, title: 'The range lies outside the file' },
  'unsupported-format': { status: 422, title: 'The format cannot be written' },
  'unsupported-archive': { status: 422, title: 'The archive is of a kind that is not read here' },
  'unsupported-option': { status: 422, title: 'The option does not go with this format' },
  'no-file': { status: 422, title: 'The request names no file' },
  'too-many-files': { status: 422, title: 'The request has more files than are taken at once' },
  'unusable-name': { status: 422, title: 'The file name cannot be used' },
  'single-file-format': { status: 422, title: 'The format holds a single file' },
  'weak-password': { status: 422, title: 'The password is too easy to guess' },
  'idempotency-mismatch': {
    status: 422,
    title: 'The key was first used with another request',
  },
  'archive-corrupt': { status: 422, title: 'The archive is damaged or incomplete' },
  'archive-too-large': { status: 422, title: 'The archive holds more than is taken' },
  'archive-too-demanding': { status: 422, title: 'The archive needs more memory than is given' },
  'password-required': { status: 422, title: 'The archive is encrypted and no password was given' },
  'password-wrong': { status: 422, title: 'The password does not open the archive' },
  'entry-not-found': { status: 422, title: 'The archive has no such entry' },
  'unsafe-entry': { status: 422, title: 'An entry of the archive is not safe to extract' },
  'headers-too-large': { status: 431, title: 'The header fields are too large' },
  'too-many-attempts': { status: 429, title: 'Too many attempts' },
  'internal-error': { status: 500, title: 'The service failed' },
  'processing-failed': { status: 500, title: 'The task could not be processed' },
  'bad-gateway': { status: 502, title: 'A service did not answer properly' },
  unavailable: { status: 503, title: 'The service cannot answer now' },
  'gateway-timeout': { status: 504, title: 'A service took too long to answer' },
  'insufficient-storage': { status: 507, title: 'There is no room left' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemSlug = keyof typeof problems;

/** The `type` member of a problem: stable, relative to the origin. */
export const problemType = (slug: ProblemSlug): string => `/problems/${slug}`;
