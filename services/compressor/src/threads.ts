/**
 * Threads of one 7-Zip: its share of the cores, but two where there are two. LZMA then finds its matches
 * beside its coding, and a job that runs alone ends earlier, while two at once take no longer for it
 * (eight files of 10 MB to 7z: 7.3 s with two threads each, 9.0 s with one). More than the share would
 * cost 200 MB of memory for each further pair of LZMA's threads.
 */
export const threadsOfJob = (cores: number, concurrency: number): number =>
  Math.min(cores, Math.max(2, Math.floor(cores / concurrency)));
