/** Seconds that every 7-Zip has, on a slow and busy machine too. */
const least = 600;
/** Bytes a second: a tenth of what its slowest method (bzip2 at 9) does on one core. */
const rate = 100_000;

/**
 * How long a 7-Zip may take that goes through so many bytes, read or written. An honest one takes a fraction of
 * it; one that hangs, or is made to, ends. The processor's time is that of all its threads together.
 */
export function timeLimits(bytes: number): { wallSeconds: number; cpuSeconds: number } {
  const seconds = least + Math.ceil(bytes / rate);
  return { wallSeconds: seconds, cpuSeconds: seconds };
}
