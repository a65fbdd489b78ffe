/** Minimum time limit in seconds, enough for a slow and busy machine. */
const least = 600;
/** Bytes per second: a tenth of the rate of the slowest method (bzip2 at 9) on one core. */
const rate = 100_000;

/**
 * Time limits of a 7-Zip process that reads or writes this many bytes. Normal work takes a fraction of them; a process
 * that hangs, or is made to hang, is ended. CPU time counts all threads together.
 */
export function timeLimits(bytes: number): { wallSeconds: number; cpuSeconds: number } {
  const seconds = least + Math.ceil(bytes / rate);
  return { wallSeconds: seconds, cpuSeconds: seconds };
}
