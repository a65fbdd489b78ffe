import { ProblemError } from '@comprimemelo/service/http/problem-error';

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code ?? '';

/** What these say of a path: no blob is there. */
const absent = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'ENXIO']);

export const isAbsent = (error: unknown): boolean => absent.has(codeOf(error));

/** What an error while a body goes to the disk means for who sent it. */
export function diskProblem(error: unknown): unknown {
  switch (codeOf(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new ProblemError('insufficient-storage', { cause: error });
    case 'ECONNRESET':
    case 'ERR_STREAM_PREMATURE_CLOSE':
      return new ProblemError('upload-truncated', { cause: error });
    default:
      return error;
  }
}
