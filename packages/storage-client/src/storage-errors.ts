import type { ProblemSlug } from '@comprimemelo/contracts/problems';
import { ProblemError } from '@comprimemelo/service/problem/problem-error';

/** Storage has no blob with this key. A route that does not catch it responds with 404. */
export class BlobNotFound extends ProblemError {
  constructor(key: string) {
    super('blob-not-found', { cause: key });
  }
}

/**
 * Storage is down, has failed or is full, and the same call may succeed later. A route that does not catch it responds
 * with 503, or with 507 if storage is full, and Retry-After.
 */
export class StorageUnavailable extends ProblemError {
  constructor(cause: unknown, slug: ProblemSlug = 'unavailable') {
    super(slug, { cause, headers: { 'retry-after': '5' } });
  }
}

/** Maps the status of a response from storage to an error. `detail` is for the log. */
export function errorOfAnswer(status: number, key: string, detail: string): Error {
  const cause = new Error(`storage answered ${status}: ${detail}`);
  if (status === 404) return new BlobNotFound(key);
  if (status === 413) return new ProblemError('upload-too-large', { cause });
  if (status === 416) return new ProblemError('range-not-satisfiable', { cause });
  if (status === 507) return new StorageUnavailable(cause, 'insufficient-storage');
  return status >= 500 ? new StorageUnavailable(cause) : cause;
}
