import type { BlobArea } from '@comprimemelo/contracts/blob-keys';
import { ProblemError } from '@comprimemelo/service/problem/problem-error';

export const callers = ['tasks', 'files', 'compressor'] as const;
export type Caller = (typeof callers)[number];

export type BlobOperation = 'put' | 'get' | 'delete' | 'list';

/** The permissions of each service per area. The compressor creates results and deletes nothing. */
const permissions: Record<Caller, Record<BlobArea, readonly BlobOperation[]>> = {
  tasks: {
    uploads: ['put', 'get', 'delete', 'list'],
    results: ['put', 'get', 'delete', 'list'],
    inspections: ['get', 'delete', 'list'],
    manifests: ['get', 'delete', 'list'],
  },
  files: {
    uploads: ['put', 'get', 'delete'],
    results: ['put', 'get', 'delete'],
    inspections: ['delete'],
    manifests: [],
  },
  compressor: {
    uploads: ['get'],
    results: ['put', 'get'],
    inspections: ['put'],
    manifests: ['put'],
  },
};

/** Throws `forbidden` if the caller lacks the permission in the area of `key`. */
export function requirePermission(caller: Caller, operation: BlobOperation, key: string): void {
  const area = key.split('/', 1)[0] as BlobArea;
  if (permissions[caller][area].includes(operation)) return;
  throw new ProblemError('forbidden', {
    detail: `The service ${caller} is not allowed to ${operation} ${area}.`,
  });
}
