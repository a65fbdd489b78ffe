import type { WritableEntry } from '../writable-entry.js';
import { directoryEnd } from './directory-end.js';
import { createOutputFile, type OutputFile } from './output-file.js';
import {
  largestHeld,
  type PackedContent,
  type Packer,
  packContent,
  packStream,
} from './pack-content.js';
import { centralHeader, localHeader, methods, type ZipRecord } from './records.js';

export interface ZipOptions {
  /** The new file. */
  location: string;
  /** Of zlib, 1 to 9. */
  level: number;
  /** Entries that are packed at once. */
  threads: number;
  signal: AbortSignal;
  /** Absent where there is zlib alone. */
  packer?: Packer | undefined;
  onBytes: (count: number) => void;
  /** Of the whole archive, 65,535 bytes at most; empty or absent where there is none. */
  comment?: Buffer;
}

/** An entry and its content, packed ahead of its turn where it is not too large. */
interface Ahead {
  readonly entry: WritableEntry;
  readonly packed: Promise<PackedContent> | undefined;
}

const typeBits = { file: 0o100000, directory: 0o040000, symlink: 0o120000 } as const;

/**
 * Writes a zip. Entries keep their order, times to 100 ns, permissions and symbolic links; a first entry `mimetype` is
 * stored and has no extra field, as EPUB and OpenDocument want it. Source: PKWARE, APPNOTE.TXT 6.3.10; EPUB OCF 3.3.
 */
export async function writeZip(
  entries: readonly WritableEntry[],
  options: ZipOptions,
): Promise<void> {
  const output = await createOutputFile(options.location);
  try {
    const central: Buffer[] = [];
    for await (const ahead of packAhead(entries, options)) {
      options.signal.throwIfAborted();
      central.push(centralHeader(await writeEntry(output, ahead, options)));
    }
    const offset = output.length;
    for (const header of central) await output.write(header);
    const size = output.length - offset;
    await output.write(directoryEnd({ entries: entries.length, size, offset }, options.comment));
  } finally {
    await output.close();
  }
}

/** Packs so many entries at once, and gives them in their order. */
async function* packAhead(
  entries: readonly WritableEntry[],
  options: ZipOptions,
): AsyncGenerator<Ahead> {
  const waiting: Ahead[] = [];
  for (const [at, entry] of entries.entries()) {
    const isHeld = sizeOf(entry) <= largestHeld;
    const store = at === 0 && isMimetype(entry);
    const packed = isHeld ? packContent(entry, { ...options, store }) : undefined;
    // Awaited when its turn comes.
    packed?.catch(() => undefined);
    waiting.push({ entry, packed });
    const next =
      waiting.length > options.threads || !isHeld
        ? waiting.splice(0, isHeld ? 1 : waiting.length)
        : [];
    yield* next;
  }
  yield* waiting;
}

/** True of the file by which EPUB and OpenDocument say what they are; nothing else by that name is one. */
const isMimetype = ({ type, path }: WritableEntry): boolean =>
  type === 'file' && path === 'mimetype';

const sizeOf = (entry: WritableEntry): number => (entry.type === 'file' ? entry.size : 0);

async function writeEntry(
  output: OutputFile,
  { entry, packed }: Ahead,
  options: ZipOptions,
): Promise<ZipRecord> {
  const start = recordOf(entry, output.length);
  if (packed === undefined) return writeStreamed(output, { entry, start }, options);
  const { bytes, ...sums } = await packed;
  const record = { ...start, ...sums, packedSize: bytes.length };
  await output.write(localHeader(record));
  await output.write(bytes);
  return record;
}

function recordOf(entry: WritableEntry, offset: number): ZipRecord {
  if (entry.type === 'hardlink') throw new Error('a zip holds no hard links');
  return {
    name: Buffer.from(entry.type === 'directory' ? `${entry.path}/` : entry.path),
    method: methods.store,
    ...{ crc32: 0, packedSize: 0, size: 0 },
    offset,
    unixMode: typeBits[entry.type] | entry.mode,
    modified: entry.modified,
    bare: offset === 0 && isMimetype(entry),
    large: sizeOf(entry) >= 0xf000_0000,
  };
}

/** Writes the header again when the sizes are known. */
async function writeStreamed(
  output: OutputFile,
  { entry, start }: { entry: WritableEntry; start: ZipRecord },
  options: ZipOptions,
): Promise<ZipRecord> {
  if (entry.type !== 'file') throw new Error('only a file is so large');
  const deflated = { ...start, method: methods.deflate };
  await output.write(localHeader(deflated));
  const from = output.length;
  const sums = await packStream(entry, options, (bytes) => output.write(bytes));
  const record = { ...deflated, ...sums, packedSize: output.length - from };
  await output.patch(localHeader(record), start.offset);
  return record;
}
