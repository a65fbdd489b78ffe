import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import type { FoundProgram } from '../process/find-program.js';
import { startSevenZip } from '../process/run-program.js';
import { superviseFed } from '../process/supervise-fed.js';
import { timeLimits } from '../seven-zip/time-limits.js';

const mebibyte = 1024 * 1024;
/** Bytes that wait for the program to take them. */
const highWaterMark = mebibyte;

/** Memory of lbzip2 in bytes: 24 MB with two threads for 500 MB, measured. */
export const lbzip2Memory = (threads: number): number => (16 + 16 * threads) * mebibyte;
/** Its address space in bytes: threads reserve more than they use. */
const addressSpace = (threads: number): number => (128 + 128 * threads) * mebibyte;

export interface Lbzip2Options {
  /** The new file. */
  archive: string;
  /** Total size of the files in bytes. */
  bytes: number;
  threads: number;
  signal: AbortSignal;
  /** Size of a block in 100 kB, 1 to 9. */
  blocks: number;
}

/** Compresses bytes to a bzip2 file. Rejects with a SevenZipError, the reason of the signal or what the bytes throw. */
export async function packByLbzip2(
  lbzip2: FoundProgram,
  bytes: AsyncIterable<Buffer>,
  { archive, bytes: size, threads, signal, blocks }: Lbzip2Options,
): Promise<void> {
  const file = await open(archive, 'wx');
  try {
    const packer = startSevenZip(lbzip2, [`-n${threads}`, `-${blocks}`, '-c'], {
      cwd: dirname(archive),
      access: { reads: lbzip2.libraries },
      input: { pieces: Readable.from(bytes, { objectMode: false, highWaterMark }) },
      output: file.fd,
      limits: { memoryBytes: addressSpace(threads), ...timeLimits(size) },
    });
    await superviseFed(packer, signal);
  } finally {
    await file.close();
  }
}
