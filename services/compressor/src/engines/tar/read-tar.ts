import type { ByteSource } from '../byte-source.js';
import { ArchiveFormatError, type EngineEntry, type OpenEntry } from '../entry.js';
import { headerTime, paxTime } from './entry-time.js';
import { entryType, isVendorFlag } from './entry-type.js';
import { blockBytes, hasValidSum, isZeroBlock, readHeader, type TarHeader } from './header.js';
import { hasExtended, lastOf, type PaxRecords, readPaxRecords } from './pax-records.js';
import { readSparse, type SparseContent } from './sparse-entry.js';

/** Bytes of a header that describes the next entry; beyond, it is no header but an attack on memory. */
const mostDescription = 4 * 1024 * 1024;

/** What headers before an entry have said of it. */
interface Description {
  readonly records: PaxRecords;
  readonly longPath?: string;
  readonly longLink?: string;
}

/** The blocks that so many bytes take. */
export const padded = (bytes: number): number => Math.ceil(bytes / blockBytes) * blockBytes;

/**
 * Reads a tar in any of its forms: V7, ustar, pax, GNU (long names, incremental, sparse files of every version), star.
 * The end of the file ends it where the two empty blocks are missing. Throws an ArchiveFormatError where a header is
 * damaged or an entry is cut off. Source: POSIX.1-2017, pax; GNU tar, "Tar Internals"; libarchive, tar(5).
 */
export async function* readTar(source: ByteSource): AsyncGenerator<OpenEntry> {
  let globals: PaxRecords = [];
  let described: Description = { records: [] };
  for (;;) {
    const block = await nextHeader(source);
    if (block === undefined) return;
    const header = readHeader(block);
    if (header.typeflag === 'g') {
      globals = [...globals, ...readPaxRecords(await readDescription(source, header))];
    } else if (/^[xXLK]$/.test(header.typeflag)) {
      described = describe(described, header.typeflag, await readDescription(source, header));
    } else if (isVendorFlag(header.typeflag)) {
      await skipContent(source, header);
    } else {
      const { records, ...long } = described;
      described = { records: [] };
      yield* openEntry(source, block, header, { ...long, records: [...globals, ...records] });
    }
  }
}

/** The next header; undefined at the end. A single empty block before a header is passed over, as GNU tar
 * does; whatever else follows one is behind the end. */
async function nextHeader(source: ByteSource): Promise<Buffer | undefined> {
  const at = source.position;
  const block = await source.read(blockBytes);
  if (block.length === 0) return undefined;
  if (isZeroBlock(block)) {
    const next = await source.peek(blockBytes);
    return hasValidSum(next) ? nextHeader(source) : undefined;
  }
  if (block.length < blockBytes) throw new ArchiveFormatError('The tar ends within a header.');
  if (!hasValidSum(block))
    throw new ArchiveFormatError(`The header at byte ${at} of the tar is damaged.`);
  return block;
}

async function readDescription(source: ByteSource, { size }: TarHeader): Promise<Buffer> {
  if (!(size >= 0 && size <= mostDescription)) {
    throw new ArchiveFormatError('A header that describes an entry has no valid length.');
  }
  const body = await source.read(padded(size));
  if (body.length < size) throw new ArchiveFormatError('The tar ends within a header.');
  return body.subarray(0, size);
}

function describe(before: Description, flag: string, body: Buffer): Description {
  if (flag === 'x' || flag === 'X') return { ...before, records: readPaxRecords(body) };
  const text = body.toString('latin1').replace(/\0[\s\S]*$/, '');
  return flag === 'L' ? { ...before, longPath: text } : { ...before, longLink: text };
}

async function skipContent(source: ByteSource, { size, typeflag }: TarHeader): Promise<void> {
  if (typeflag === 'M') {
    throw new ArchiveFormatError(
      'The tar begins within an entry: it is a later volume of several.',
    );
  }
  if (!(size >= 0)) throw new ArchiveFormatError('An entry of the tar has no valid size.');
  source.skip(padded(size));
}

async function* openEntry(
  source: ByteSource,
  block: Buffer,
  header: TarHeader,
  description: Description,
): AsyncGenerator<OpenEntry> {
  const { records } = description;
  const stored = Number(lastOf(records, 'size') ?? header.size);
  const sparse = await readSparse(source, block, { header, records, stored });
  const entry = entryOf(header, description, { stored, sparse });
  const { rawPath } = entry;
  if (!(stored >= 0))
    throw new ArchiveFormatError('An entry of the tar has no valid size.', rawPath);
  const start = source.position;
  const length = (await hasContent(source, header, records, stored))
    ? stored - (sparse?.mapBytes ?? 0)
    : 0;
  if (start + length > source.size) throw cutOff(rawPath);
  yield { entry, content: () => (sparse ? sparse.expand(source) : source.pieces(entry.size)) };
  source.skip(start + padded(length) - source.position);
}

const cutOff = (rawPath: string) =>
  new ArchiveFormatError('The archive ends before the entry does.', rawPath);

/**
 * Links and special files have no content; but a hard link in a pax archive may, and old tars give a link the size of
 * its file and no content: what follows tells which.
 */
async function hasContent(
  source: ByteSource,
  { typeflag }: TarHeader,
  records: PaxRecords,
  size: number,
): Promise<boolean> {
  if (/^[2346]$/.test(typeflag)) return false;
  if (typeflag !== '1' || size === 0) return true;
  if (lastOf(records, 'size') !== undefined) return true;
  const next = await source.peek(blockBytes);
  return next.length > 0 && !isZeroBlock(next) && !hasValidSum(next);
}

interface Measured {
  readonly stored: number;
  readonly sparse: SparseContent | undefined;
}

function entryOf(
  header: TarHeader,
  { records, longPath, longLink }: Description,
  { stored, sparse }: Measured,
): EngineEntry {
  const rawPath = sparse?.path ?? lastOf(records, 'path') ?? longPath ?? header.path;
  const type = entryType(header.typeflag, rawPath);
  const target = lastOf(records, 'linkpath') ?? longLink ?? header.linkPath;
  const time = lastOf(records, 'mtime');
  const modified = (time === undefined ? undefined : paxTime(time)) ?? headerTime(header.modified);
  return {
    rawPath,
    type,
    size: type === 'file' ? (sparse?.size ?? stored) : 0,
    packedSize: type === 'file' ? padded(stored) : 0,
    ...(Number.isNaN(header.mode) ? {} : { mode: header.mode & 0o7777 }),
    ...(modified === undefined ? {} : { modified }),
    ...(type === 'symlink' || type === 'hardlink' ? { target } : {}),
    ...(hasExtended(records) ? { extended: true } : {}),
  };
}
