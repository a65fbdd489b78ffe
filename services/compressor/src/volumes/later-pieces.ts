import { open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import type { VolumeSet } from '@comprimemelo/contracts/volumes/volume-sets';
import { sniffContent } from '../detect/detect-format.js';
import { readZipEnd } from '../detect/zip-end.js';
import type { TaskFailure } from '../job/task-failure.js';
import { lastNumber, laterMissing, partsMissing } from './missing-parts.js';

/** The blocks of zeros at the end of a tar. */
const tarEndBytes = 1024;

export interface Joined {
  readonly set: VolumeSet;
  /** The pieces that are there, as one file. */
  readonly location: string;
  /** Bytes of each. */
  readonly sizes: readonly number[];
}

/**
 * What the content of joined pieces says of others that follow the last: a 7z its whole size, a zip or a tar whether its
 * end is there. Undefined if nothing is missing, or only reading can tell.
 */
export async function missingByContent(joined: Joined): Promise<TaskFailure | undefined> {
  const { set, location, sizes } = joined;
  const { type, foreign } = await sniffContent(location);
  if (type === undefined && foreign === undefined) return firstMissing(set);
  if (type === '7z') return missingOfSeven(joined);
  if (type === 'zip' && (await readZipEnd(location)) === undefined) return laterMissing(set);
  if (type === 'tar' && !(await endsInZeros(location, total(sizes)))) return laterMissing(set);
  return undefined;
}

/** Numbers of two digits begin at 0 with split(1), at 1 with others. */
const firstMissing = (set: VolumeSet): TaskFailure | undefined =>
  set.first === 1 && /\D00$/.test(set.nameOf(0)) ? partsMissing(set, [0]) : undefined;

const total = (sizes: readonly number[]): number => sizes.reduce((sum, size) => sum + size, 0);

/** Source: 7zFormat.txt of 7-Zip: the start header says where the end header is, and how long. */
async function missingOfSeven({ set, location, sizes }: Joined): Promise<TaskFailure | undefined> {
  const head = await readAt(location, 0, 32);
  // Of a damaged start header 7-Zip says so.
  if (crc32(head.subarray(12)) !== head.readUInt32LE(8)) return undefined;
  const whole = 32 + Number(head.readBigUInt64LE(12)) + Number(head.readBigUInt64LE(20));
  const lacking = whole - total(sizes);
  if (lacking <= 0) return undefined;
  const [first = 0] = sizes;
  // Pieces are of one size, but for the last.
  if (first === 0 || sizes.some((size) => size !== first)) return laterMissing(set);
  const count = Math.ceil(lacking / first);
  const next = lastNumber(set) + 1;
  const numbers = Array.from({ length: Math.min(count, 100) }, (_, at) => next + at);
  return partsMissing(set, numbers, count);
}

const endsInZeros = async (location: string, size: number): Promise<boolean> =>
  (await readAt(location, Math.max(size - tarEndBytes, 0), tarEndBytes)).every(
    (byte) => byte === 0,
  );

async function readAt(location: string, position: number, length: number): Promise<Buffer> {
  const file = await open(location);
  try {
    return (await file.read(Buffer.alloc(length), 0, length, position)).buffer;
  } finally {
    await file.close();
  }
}
