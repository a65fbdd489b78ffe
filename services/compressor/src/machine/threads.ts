/**
 * Threads of one 7-Zip: its share of the cores, but two where there are two. LZMA then finds its matches beside
 * its coding: a job that runs alone ends earlier, and two at once take no longer (four files of 10 MB to 7z,
 * two at a time: 7.3 s with two threads each, 9.0 s with one). More threads cost memory: packing 1.2 GB to 7z
 * takes 387 MB with two, 931 MB with four, 1.9 GB with eight.
 */
export const threadsOfJob = (cores: number, concurrency: number): number =>
  Math.min(cores, Math.max(2, Math.floor(cores / concurrency)));
