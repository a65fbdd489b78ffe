import { limits } from '@comprimemelo/contracts/limits';

/** The seconds in `Prefer: wait` (RFC 7240, section 4.3), capped at the maximum; 0 without it. */
export function preferredWait(prefer: string | undefined): number {
  const seconds = /(?:^|[,;\s])wait\s*=\s*"?(\d{1,6})"?/i.exec(prefer ?? '')?.[1];
  return Math.min(Number(seconds ?? 0), limits.maxWaitSeconds);
}
