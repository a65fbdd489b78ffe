import { ArchiveFormatError } from '../entry.js';
import { readNumber } from './numbers.js';
import { lastOf, type PaxRecords } from './pax-records.js';

/** A stretch of bytes that are stored; what lies between stretches is zeros. */
export interface Stretch {
  readonly offset: number;
  readonly length: number;
}

/** A file with holes. */
export interface SparseMap {
  readonly stretches: readonly Stretch[];
  /** Bytes of the file, holes included. */
  readonly size: number;
}

/** More than any file system makes of a file; a map is held in memory. */
const mostStretches = 1_000_000;

const damaged = () => new ArchiveFormatError('The map of a sparse file is damaged.');

function wholeNumber(text: string | undefined): number {
  if (text === undefined || !/^[0-9]{1,16}$/.test(text)) throw damaged();
  return Number(text);
}

/** Makes a map of numbers in pairs, and checks that its stretches follow each other inside the file. */
export function mapOf(numbers: readonly number[], size: number): SparseMap {
  const stretches: Stretch[] = [];
  let end = 0;
  for (let at = 0; at + 1 < numbers.length; at += 2) {
    const [offset = Number.NaN, length = Number.NaN] = numbers.slice(at, at + 2);
    if (!(offset >= end && length >= 0 && offset + length <= size)) throw damaged();
    end = offset + length;
    stretches.push({ offset, length });
  }
  if (stretches.length > mostStretches) throw damaged();
  return { stretches, size };
}

/** The stretches that a GNU header, or its extension, names in 24 bytes each; unused ones are empty. */
export function readGnuStretches(fields: Buffer): number[] {
  const numbers: number[] = [];
  for (let at = 0; at + 24 <= fields.length; at += 24) {
    if (fields[at] === 0) break;
    const [offset, length] = [fields.subarray(at, at + 12), fields.subarray(at + 12, at + 24)];
    numbers.push(readNumber(offset), readNumber(length));
  }
  return numbers;
}

/** The version of GNU's sparse format that a pax header is in; undefined where it is in none. */
export function sparseVersion(records: PaxRecords): '0' | '1' | undefined {
  if (lastOf(records, 'GNU.sparse.major') === '1') return '1';
  return lastOf(records, 'GNU.sparse.size') === undefined ? undefined : '0';
}

/** Formats 0.0 and 0.1: the map stands in the header itself. Source: GNU tar, "PAX Format, Versions 0.0 and 0.1". */
export function readPaxMap(records: PaxRecords): SparseMap {
  const size = wholeNumber(lastOf(records, 'GNU.sparse.size'));
  const inOne = lastOf(records, 'GNU.sparse.map');
  const values =
    inOne === undefined
      ? records
          .filter(([keyword]) => /^GNU\.sparse\.(?:offset|numbytes)$/.test(keyword))
          .map(([, value]) => value)
      : inOne.split(',').filter((value) => value !== '');
  if (values.length % 2 !== 0) throw damaged();
  return mapOf(values.map(wholeNumber), size);
}

/**
 * Format 1.0: decimal lines at the start of the content, padded to a block. `nextBlock` gives the blocks.
 * Source: GNU tar, "PAX Format, Version 1.0".
 */
export async function readMapInContent(
  nextBlock: () => Promise<Buffer>,
  size: number,
): Promise<SparseMap & { blocks: number }> {
  let text = '';
  let blocks = 0;
  const line = async (): Promise<number> => {
    while (!text.includes('\n')) {
      text += (await nextBlock()).toString('latin1');
      blocks += 1;
    }
    const end = text.indexOf('\n');
    const value = wholeNumber(text.slice(0, end));
    text = text.slice(end + 1);
    return value;
  };
  const count = await line();
  if (count > mostStretches) throw damaged();
  const numbers: number[] = [];
  while (numbers.length < 2 * count) numbers.push(await line());
  return { ...mapOf(numbers, size), blocks };
}

const zeros = Buffer.alloc(256 * 1024);

function* holes(length: number): Generator<Buffer> {
  for (let left = length; left > 0; left -= zeros.length) yield zeros.subarray(0, left);
}

/** The whole content of a sparse file. `stored` gives the next so many stored bytes. */
export async function* fillHoles(
  { stretches, size }: SparseMap,
  stored: (length: number) => AsyncGenerator<Buffer>,
): AsyncGenerator<Buffer> {
  let at = 0;
  for (const { offset, length } of stretches) {
    yield* holes(offset - at);
    yield* stored(length);
    at = offset + length;
  }
  yield* holes(size - at);
}
