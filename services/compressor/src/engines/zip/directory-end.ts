import { mostSmall } from './extra-fields.js';

export interface Directory {
  readonly entries: number;
  /** Bytes. */
  readonly size: number;
  /** Bytes from the start of the archive. */
  readonly offset: number;
}

const mostEntries = 0xffff;

/** What ends a zip, with zip64 records where it needs them. Source: PKWARE, APPNOTE.TXT 6.3.10, 4.3.14 to 4.3.16. */
export function directoryEnd(directory: Directory, comment: Buffer = Buffer.alloc(0)): Buffer {
  const { entries, size, offset } = directory;
  const end = Buffer.concat([Buffer.alloc(22), comment]);
  end.writeUInt16LE(comment.length, 20);
  end.write('PK\x05\x06', 'latin1');
  const count = Math.min(entries, mostEntries);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(Math.min(size, mostSmall), 12);
  end.writeUInt32LE(Math.min(offset, mostSmall), 16);
  const isSmall = entries < mostEntries && size < mostSmall && offset < mostSmall;
  return isSmall ? end : Buffer.concat([zip64End(directory), end]);
}

function zip64End({ entries, size, offset }: Directory): Buffer {
  const record = Buffer.alloc(56);
  record.write('PK\x06\x06', 'latin1');
  record.writeBigUInt64LE(44n, 4);
  record.writeUInt16LE((3 << 8) | 45, 12);
  record.writeUInt16LE(45, 14);
  record.writeBigUInt64LE(BigInt(entries), 24);
  record.writeBigUInt64LE(BigInt(entries), 32);
  record.writeBigUInt64LE(BigInt(size), 40);
  record.writeBigUInt64LE(BigInt(offset), 48);
  const locator = Buffer.alloc(20);
  locator.write('PK\x06\x07', 'latin1');
  locator.writeBigUInt64LE(BigInt(offset + size), 8);
  locator.writeUInt32LE(1, 16);
  return Buffer.concat([record, locator]);
}
