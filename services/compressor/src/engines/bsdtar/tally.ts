import { dirname } from 'node:path';
import { outputLines } from '../process/output-lines.js';
import { keptOutputOf, startSevenZip } from '../process/run-program.js';
import { SevenZipError } from '../process/seven-zip-error.js';
import { supervise } from '../process/supervise.js';
import type { Bsdtar } from './bsdtar.js';
import { libarchiveLimits } from './time-limits.js';

/** What an archive holds by the list of one reader. */
export interface Tally {
  /** Regular files, without hard links. */
  readonly files: number;
  /** Their sizes together in bytes. */
  readonly bytes: number;
  /** More of them, which may be hard links as well: empty, with ` link to ` in what stands for the name. */
  readonly perhaps?: number;
}

export interface TallyOptions {
  signal: AbortSignal;
  /** Maximum address space in bytes. */
  memoryBytes: number;
  /** Size of the archive in bytes. */
  archiveBytes: number;
}

/** A regular file: links, owner and group by number, size, as `ls -ln` has it. */
const line = /^-\S{9,10} +\d+ +\d+ +\d+ +(\d+) /;

/**
 * Counts what libarchive lists of an archive. Undefined where it does not read it to its end without a word: then its
 * list is no evidence.
 */
export async function tallyByLibarchive(
  bsdtar: Bsdtar,
  archive: string,
  { signal, memoryBytes, archiveBytes }: TallyOptions,
): Promise<Tally | undefined> {
  const lister = startSevenZip(bsdtar, ['--numeric-owner', '-tvf', archive], {
    cwd: dirname(archive),
    access: { reads: [archive, ...bsdtar.libraries] },
    output: 'pipe',
    limits: { memoryBytes, ...libarchiveLimits(archiveBytes) },
  });
  const tally = { files: 0, bytes: 0, perhaps: 0 };
  const count = async () => {
    for await (const lines of outputLines(keptOutputOf(lister))) {
      for (const one of lines) {
        const size = line.exec(one)?.[1];
        if (size === undefined) continue;
        if (size === '0' && one.includes(' link to ')) tally.perhaps += 1;
        else tally.files += 1;
        tally.bytes += Number(size);
      }
    }
  };
  const [counted, ended] = await Promise.allSettled([count(), supervise([lister], signal)]);
  signal.throwIfAborted();
  if (ended.status === 'rejected') {
    if (ended.reason instanceof SevenZipError && !ended.reason.transient) return undefined;
    throw ended.reason;
  }
  const isSilent = ended.value.every(({ stderr }) => stderr === '');
  return counted.status === 'fulfilled' && isSilent ? tally : undefined;
}
