import { gzipMember, headBytes } from '../deflate/gzip-member.js';
import type { FoundProgram } from '../process/find-program.js';
import { type GzipHeader, gzipHead } from './gzip.js';
import { inFrames } from './in-frames.js';

/** Bytes of content in one member. */
export const gzipMemberBytes = 8 * 1024 * 1024;

export interface MembersOptions {
  /** Of libdeflate, 1 to 12. */
  level: number;
  threads: number;
  signal: AbortSignal;
  header: GzipHeader;
}

/**
 * Compresses to gzip by libdeflate: one member for each 8 MiB, several at once, one behind the other. The first has the
 * header of the file. Source: RFC 1952, 2.2.
 */
export async function* gzipMembers(
  libdeflate: FoundProgram,
  pieces: AsyncIterable<Buffer>,
  { level, threads, signal, header }: MembersOptions,
): AsyncGenerator<Buffer> {
  const waiting: Promise<Buffer>[] = [];
  let isFirst = true;
  const finish = (member: Buffer): Buffer => {
    if (!isFirst) return member;
    isFirst = false;
    return Buffer.concat([gzipHead(header), member.subarray(headBytes)]);
  };
  for await (const frame of inFrames(pieces, gzipMemberBytes)) {
    const packed = gzipMember(libdeflate, frame, { level, signal });
    // Awaited when its turn comes.
    packed.catch(() => undefined);
    waiting.push(packed);
    const [next] = waiting;
    if (waiting.length > threads && next) {
      waiting.shift();
      yield finish(await next);
    }
  }
  for (const packed of waiting) yield finish(await packed);
}
