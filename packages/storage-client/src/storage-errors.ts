import type { ProblemSlug } from '@comprimemelo/contracts/problems';
import { ProblemError } from '@comprimemelo/service/http/problem-error';

/** Storage has no blob under this key. A route that lets it through answers 404. */
export class BlobNotFound extends ProblemError {
  constructor(key: string) {
    super('blob-not-found', { cause: key });
  }
}

/**
 * Storage is away, failed or is full: the same call may work later. A route that lets it through
 * answers 503, or 507 where storage is full, with Retry-After.
 */
export class StorageUnavailable extends ProblemError {
  constructor(cause: unknown, slug: ProblemSlug = 'unavailable') {
    super(slug, { cause, headers: { 'retry-after': '5' } });
  }
}

/** The error that an answer of storage stands for, by its status. `detail` is for the log. */
export function errorOfAnswer(status: number, key: string, detail: string): Error {
  const cause = new Error(`storage answered ${status}: ${detail}`);
  if (status === 404) return new BlobNotFound(key);
  if (status === 413) return new ProblemError('upload-too-large', { cause });
  if (status === 416) return new ProblemError('range-not-satisfiable', { cause });
  if (status === 507) return new StorageUnavailable(cause, 'insufficient-storage');
  return status >= 500 ? new StorageUnavailable(cause) : cause;
}
