/** Minimum time limit in seconds, enough for a slow and busy machine. */
const least = 120;
/** Bytes per second: far below the rate at which libarchive reads, because nothing that it reads for us is packed tightly. */
const rate = 1_000_000;

/** Time limits of a program of libarchive that reads this many bytes; a damaged archive can make it go on for ever. */
export function libarchiveLimits(bytes: number): { wallSeconds: number; cpuSeconds: number } {
  const seconds = least + Math.ceil(bytes / rate);
  return { wallSeconds: seconds, cpuSeconds: Math.ceil(seconds / 2) };
}
