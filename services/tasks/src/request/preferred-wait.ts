import { limits } from '@comprimemelo/contracts/limits';

/** The seconds of a Prefer header's `wait` (RFC 7240, section 4.3), at most what is allowed; else 0. */
export function preferredWait(prefer: string | undefined): number {
  const seconds = /(?:^|[,;\s])wait\s*=\s*"?(\d{1,6})"?/i.exec(prefer ?? '')?.[1];
  return Math.min(Number(seconds ?? 0), limits.maxWaitSeconds);
}
