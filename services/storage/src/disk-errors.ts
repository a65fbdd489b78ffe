import { ProblemError } from '@comprimemelo/service/problem/problem-error';

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code ?? '';

/** Error codes that mean that there is no blob at a path. */
const absent = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'ENXIO']);

export const isAbsent = (error: unknown): boolean => absent.has(codeOf(error));

/** Maps an error while a body is written to a problem for its sender. */
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
