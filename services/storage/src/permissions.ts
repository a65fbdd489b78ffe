import type { BlobArea } from '@comprimemelo/contracts/blob-keys';
import { ProblemError } from '@comprimemelo/service/http/problem-error';

export const callers = ['tasks', 'files', 'compressor'] as const;
export type Caller = (typeof callers)[number];

export type BlobOperation = 'put' | 'get' | 'delete' | 'list';

/** What each service may do in each area. The compressor makes results and destroys nothing. */
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

/** Throws `forbidden` where the caller may not do this in the area that `key` begins with. */
export function requirePermission(caller: Caller, operation: BlobOperation, key: string): void {
  const area = key.split('/', 1)[0] as BlobArea;
  if (permissions[caller][area].includes(operation)) return;
  throw new ProblemError('forbidden', { detail: `${caller} may not ${operation} ${area}.` });
}
