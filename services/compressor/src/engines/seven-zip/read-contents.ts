import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import { ArchiveFormatError, type ListedEntry } from '../entry.js';
import type { SevenZip } from '../process/launcher.js';
import { keptOutputOf, startSevenZip } from '../process/run-program.js';
import { supervise } from '../process/supervise.js';
import { contentsArguments, type ExtractSwitches } from './arguments.js';
import type { ContainerType } from './container.js';
import { type Cutter, createCutter } from './cut-output.js';
import { timeLimits } from './time-limits.js';
import { isTrailingBytes } from './trailing-bytes.js';

/** The content of one entry, which must be read to its end before the next is asked for. */
export interface EntryContent {
  /** The entry's place in the list of its part. */
  readonly index: number;
  bytes(): AsyncGenerator<Buffer>;
}

/** An entry that 7-Zip writes out, and where it stands in the list. */
export interface ExpectedContent {
  readonly index: number;
  readonly entry: ListedEntry;
}

export interface ReadOptions {
  type: ContainerType;
  threads: number;
  signal: AbortSignal;
  /** Maximum address space of 7-Zip in bytes. */
  memoryBytes: number;
  password?: string | undefined;
  lists: ExtractSwitches['lists'];
  /** Bytes follow the data of an entry, as far as its size says; they were not read. */
  onTrailing: () => void;
  /** The folder of an archive in several volumes, all of which 7-Zip then reads. */
  volumes?: string | undefined;
}

/**
 * Reads contents as 7-Zip writes them to one pipe, one behind the other in the order of its list, so that no name of an
 * archive ever becomes one on this disk. Each is held against the size and the CRC-32 that the archive declares.
 * Throws a SevenZipError, an ArchiveFormatError or the reason of the signal.
 */
export async function* readContents(
  sevenZip: SevenZip,
  archive: string,
  expected: readonly ExpectedContent[],
  options: ReadOptions,
): AsyncGenerator<EntryContent> {
  const { type, threads, signal, memoryBytes, password, lists, volumes } = options;
  const bytes = expected.reduce((sum, { entry }) => sum + (entry.size ?? 0), 0);
  const reader = startSevenZip(sevenZip, contentsArguments(archive, { type, threads, lists }), {
    cwd: dirname(archive),
    access: { reads: [volumes ?? archive, ...Object.values(lists)] },
    output: 'pipe',
    ...(password === undefined ? {} : { input: { line: password } }),
    limits: { memoryBytes, ...timeLimits(bytes) },
  });
  const ended = supervise([reader], signal).catch((error: unknown) => {
    // Of an entry of a zip that takes more room than its data: each sum is checked here.
    if (!isTrailingBytes(error)) throw error;
    options.onTrailing();
  });
  // Awaited below, after its output.
  ended.catch(() => undefined);
  const cutter = createCutter(keptOutputOf(reader));
  try {
    for (const one of expected) yield contentOf(one, cutter, ended);
    if (await cutter.atEnd()) await ended;
    else throw new ArchiveFormatError('The archive holds more than it lists.');
  } finally {
    reader.kill();
    await ended.catch(() => undefined);
  }
}

function contentOf(
  { index, entry }: ExpectedContent,
  cutter: Cutter,
  ended: Promise<unknown>,
): EntryContent {
  return {
    index,
    async *bytes() {
      let [sum, length] = [0, 0];
      for await (const piece of cutter.take(entry.size)) {
        length += piece.length;
        sum = crc32(piece, sum);
        yield piece;
      }
      if (entry.size !== undefined && length < entry.size) {
        await ended;
        throw new ArchiveFormatError('The archive ends before the entry does.', entry.rawPath);
      }
      if (entry.crc32 === undefined || entry.encrypted || entry.crc32 === sum) return;
      await cutter.drain();
      await ended;
      throw new ArchiveFormatError('The content is not what its checksum says.', entry.rawPath);
    },
  };
}
