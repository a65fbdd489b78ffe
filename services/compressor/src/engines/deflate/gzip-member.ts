import { tmpdir } from 'node:os';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { crc32 } from 'node:zlib';
import type { FoundProgram } from '../process/find-program.js';
import { outputOf, startSevenZip } from '../process/run-program.js';
import { superviseFed } from '../process/supervise-fed.js';
import { timeLimits } from '../seven-zip/time-limits.js';

/** Bytes of a gzip header without a name, and of what stands behind the data: sum and size. */
export const headBytes = 10;
export const tailBytes = 8;

const mebibyte = 1024 * 1024;
/** Bytes that are handed on at once. */
const pieceBytes = mebibyte;

/** Memory of libdeflate in bytes for a content of that length: what it has read, what it gives, and its tables. */
export const memberMemory = (bytes: number): number => Math.ceil(2.5 * bytes) + 12 * mebibyte;

/** Its address space in bytes: what it reads grows in steps, and its libraries are beside it. */
const addressSpace = (bytes: number): number => 4 * bytes + 64 * mebibyte;

export interface MemberOptions {
  /** Of libdeflate, 1 to 12. */
  level: number;
  signal: AbortSignal;
}

/**
 * Packs bytes to one gzip member, by libdeflate in the sandbox, and checks the sum and size that it declares. Rejects with
 * a SevenZipError, an Error if the sum is wrong, or the reason of the signal.
 */
export async function gzipMember(
  libdeflate: FoundProgram,
  bytes: Buffer,
  { level, signal }: MemberOptions,
): Promise<Buffer> {
  const packer = startSevenZip(libdeflate, [`-${level}`, '-c'], {
    cwd: tmpdir(),
    access: { reads: libdeflate.libraries },
    input: { pieces: Readable.from(piecesOf(bytes)) },
    output: 'pipe',
    limits: { memoryBytes: addressSpace(bytes.length), ...timeLimits(bytes.length) },
  });
  const output = buffer(outputOf(packer));
  output.catch(() => undefined);
  await superviseFed(packer, signal);
  const member = await output;
  checkMember(member, bytes);
  return member;
}

function* piecesOf(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
}

/** Source: RFC 1952, 2.3. */
function checkMember(member: Buffer, bytes: Buffer): void {
  const end = member.length - tailBytes;
  const isWhole =
    end > headBytes &&
    member.readUInt8(3) === 0 &&
    member.readUInt32LE(end) === crc32(bytes) &&
    member.readUInt32LE(end + 4) === bytes.length;
  if (!isWhole) throw new Error('libdeflate has made another member than was asked of it');
}
