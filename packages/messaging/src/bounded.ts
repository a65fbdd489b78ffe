import pTimeout from 'p-timeout';

/**
 * Waits for the work, but no longer than that many milliseconds. True when the work ended in time; a failure of the
 * work is passed on.
 */
export const endsWithin = (work: Promise<unknown>, milliseconds: number): Promise<boolean> =>
  pTimeout(
    work.then(() => true),
    { milliseconds, fallback: () => false },
  );
