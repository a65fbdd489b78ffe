import type { ByteSource } from '../byte-source.js';
import { ArchiveFormatError } from '../entry.js';
import { blockBytes, type TarHeader } from './header.js';
import { readNumber } from './numbers.js';
import { lastOf, type PaxRecords } from './pax-records.js';
import {
  fillHoles,
  mapOf,
  readGnuStretches,
  readMapInContent,
  readPaxMap,
  type SparseMap,
  sparseVersion,
} from './sparse-map.js';

/** The content of a file with holes. */
export interface SparseContent {
  /** The name that the file has; the header's own is made up. */
  readonly path: string | undefined;
  /** Bytes of the file, holes included. */
  readonly size: number;
  /** Bytes of the stored content that the map takes. */
  readonly mapBytes: number;
  expand(source: ByteSource): AsyncGenerator<Buffer>;
}

export interface SparseHeader {
  readonly header: TarHeader;
  readonly records: PaxRecords;
  /** Bytes that are stored. */
  readonly stored: number;
}

/**
 * Reads the map of an entry that is a sparse file, with the source at the start of its content, and leaves the source
 * behind the map. Undefined of any other entry. Throws an ArchiveFormatError where the map is damaged.
 */
export async function readSparse(
  source: ByteSource,
  block: Buffer,
  { header, records, stored }: SparseHeader,
): Promise<SparseContent | undefined> {
  if (header.typeflag === 'S') return content(await readGnuMap(source, block), { stored });
  const version = sparseVersion(records);
  if (version === undefined) return undefined;
  const path = lastOf(records, 'GNU.sparse.name');
  if (version === '0') return content(readPaxMap(records), { path, stored });
  const size = Number(lastOf(records, 'GNU.sparse.realsize') ?? Number.NaN);
  let left = stored;
  const nextBlock = async () => {
    left -= blockBytes;
    const bytes = await source.read(blockBytes);
    if (left >= 0 && bytes.length === blockBytes) return bytes;
    throw new ArchiveFormatError('The map of a sparse file is cut off.', path);
  };
  const { blocks, ...map } = await readMapInContent(nextBlock, size);
  return content(map, { path, stored, mapBytes: blocks * blockBytes });
}

interface Stored {
  path?: string | undefined;
  /** Bytes of the map and the stretches together. */
  stored: number;
  mapBytes?: number;
}

function content(map: SparseMap, { path, stored, mapBytes = 0 }: Stored): SparseContent {
  const held = map.stretches.reduce((sum, { length }) => sum + length, 0);
  if (held !== stored - mapBytes) {
    throw new ArchiveFormatError('The map of a sparse file does not fit its content.', path);
  }
  const expand = (source: ByteSource) => fillHoles(map, (length) => source.pieces(length));
  return { path, size: map.size, mapBytes, expand };
}

/** The map of GNU's own format: four stretches in the header, 21 in each block that extends it. */
async function readGnuMap(source: ByteSource, block: Buffer): Promise<SparseMap> {
  const numbers = readGnuStretches(block.subarray(386, 482));
  const size = readNumber(block.subarray(483, 495));
  let more = block[482] !== 0;
  while (more) {
    const extension = await source.read(blockBytes);
    if (extension.length < blockBytes)
      throw new ArchiveFormatError('The map of a sparse file is cut off.');
    numbers.push(...readGnuStretches(extension.subarray(0, 504)));
    more = extension[504] !== 0;
  }
  return mapOf(numbers, size);
}
