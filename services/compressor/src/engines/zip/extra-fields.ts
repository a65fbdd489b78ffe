import type { EntryTime } from '../entry.js';

/** A field of four bytes that stands at its maximum says that a zip64 field has the value. */
export const mostSmall = 0xffff_ffff;

const field = (id: number, body: Buffer): Buffer => {
  const head = Buffer.alloc(4);
  head.writeUInt16LE(id, 0);
  head.writeUInt16LE(body.length, 2);
  return Buffer.concat([head, body]);
};

/** Sizes or offsets of eight bytes. Source: PKWARE, APPNOTE.TXT 6.3.10, 4.5.3. */
export function zip64Field(values: readonly number[]): Buffer {
  const body = Buffer.alloc(8 * values.length);
  for (const [at, value] of values.entries()) body.writeBigUInt64LE(BigInt(value), 8 * at);
  return field(0x0001, body);
}

/**
 * The exact time, twice: in seconds of Unix (0x5455), which most readers take, where four bytes hold them, and in the
 * central directory in steps of 100 ns (0x000a), which holds every year. MS-DOS time has no zone. Source: Info-ZIP,
 * extrafld.txt; APPNOTE.TXT, 4.5.5.
 */
export function extraFields(time: EntryTime, where: 'local' | 'central'): Buffer {
  const unix = unixTimeField(time);
  return Buffer.concat([
    ...(unix ? [unix] : []),
    ...(where === 'central' ? [ntfsField(time)] : []),
  ]);
}

function unixTimeField({ seconds }: EntryTime): Buffer | undefined {
  if (seconds < -(2 ** 31) || seconds >= 2 ** 31) return undefined;
  const body = Buffer.alloc(5);
  body.writeUInt8(1, 0);
  body.writeInt32LE(seconds, 1);
  return field(0x5455, body);
}

/** Seconds from 1601 to 1970, from which NTFS counts. */
const epochDistance = 11_644_473_600n;

function ntfsField({ seconds, nanoseconds }: EntryTime): Buffer {
  const ticks =
    (BigInt(seconds) + epochDistance) * 10_000_000n + BigInt(Math.floor(nanoseconds / 100));
  const body = Buffer.alloc(32);
  body.writeUInt16LE(1, 4);
  body.writeUInt16LE(24, 6);
  for (const at of [8, 16, 24]) body.writeBigUInt64LE(ticks < 0n ? 0n : ticks, at);
  return field(0x000a, body);
}
