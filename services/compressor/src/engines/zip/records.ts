import type { EntryTime } from '../entry.js';
import { extraFields, mostSmall, zip64Field } from './extra-fields.js';

export const methods = { store: 0, deflate: 8 } as const;

/** An entry as it stands in the archive. */
export interface ZipRecord {
  /** With a slash at its end of a directory. */
  readonly name: Buffer;
  readonly method: number;
  readonly crc32: number;
  readonly packedSize: number;
  readonly size: number;
  /** Bytes from the start of the archive to its local header. */
  readonly offset: number;
  /** Type and permissions as in st_mode. */
  readonly unixMode: number;
  readonly modified: EntryTime;
  /** True of what must stand without any extra field. */
  readonly bare: boolean;
  /** True if its local header has room for sizes of 4 GiB and more. */
  readonly large: boolean;
}

/** Names are UTF-8. */
const utf8Flag = 0x0800;
/** Made on Unix by a writer of version 3.0 of the format; what it takes to extract it. */
const madeBy = (3 << 8) | 30;
const neededFor = (large: boolean): number => (large ? 45 : 20);

/** MS-DOS time in UTC: two-second steps from 1980 to 2107. Exact times stand in extra fields. */
export function dosTime({ seconds }: EntryTime): { time: number; date: number } {
  const at = new Date(Math.min(Math.max(seconds, 315_532_800), 4_354_819_198) * 1_000);
  const time = (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1);
  const date =
    ((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate();
  return { time, date };
}

/** What local and central headers have in common: from the version that is needed to the length of the name. */
function common(
  record: ZipRecord,
  { large, extraBytes }: { large: boolean; extraBytes: number },
): Buffer {
  const bytes = Buffer.alloc(26);
  const { time, date } = dosTime(record.modified);
  bytes.writeUInt16LE(neededFor(large), 0);
  bytes.writeUInt16LE(record.name.some((byte) => byte > 0x7f) ? utf8Flag : 0, 2);
  bytes.writeUInt16LE(record.method, 4);
  bytes.writeUInt16LE(time, 6);
  bytes.writeUInt16LE(date, 8);
  bytes.writeUInt32LE(record.crc32, 10);
  bytes.writeUInt32LE(large ? mostSmall : record.packedSize, 14);
  bytes.writeUInt32LE(large ? mostSmall : record.size, 18);
  bytes.writeUInt16LE(record.name.length, 22);
  bytes.writeUInt16LE(extraBytes, 24);
  return bytes;
}

/** The local header. Source: PKWARE, APPNOTE.TXT 6.3.10, 4.3.7. */
export function localHeader(record: ZipRecord): Buffer {
  const { large } = record;
  const extra = Buffer.concat([
    ...(large ? [zip64Field([record.size, record.packedSize])] : []),
    ...(record.bare ? [] : [extraFields(record.modified, 'local')]),
  ]);
  const signature = Buffer.from('PK\x03\x04', 'latin1');
  return Buffer.concat([
    signature,
    common(record, { large, extraBytes: extra.length }),
    record.name,
    extra,
  ]);
}

/** The header in the central directory. Source: as localHeader, 4.3.12. */
export function centralHeader(record: ZipRecord): Buffer {
  const large = record.size >= mostSmall || record.packedSize >= mostSmall;
  const far = record.offset >= mostSmall;
  const long = [
    ...(large ? [record.size, record.packedSize] : []),
    ...(far ? [record.offset] : []),
  ];
  const extra = Buffer.concat([
    ...(long.length > 0 ? [zip64Field(long)] : []),
    ...(record.bare ? [] : [extraFields(record.modified, 'central')]),
  ]);
  const start = Buffer.alloc(6);
  start.write('PK\x01\x02', 'latin1');
  start.writeUInt16LE(madeBy, 4);
  const end = Buffer.alloc(14);
  const isDirectory = record.name.at(-1) === 0x2f;
  end.writeUInt32LE(((record.unixMode << 16) | (isDirectory ? 0x10 : 0)) >>> 0, 6);
  end.writeUInt32LE(far ? mostSmall : record.offset, 10);
  return Buffer.concat([
    start,
    common(record, { large, extraBytes: extra.length }),
    end,
    record.name,
    extra,
  ]);
}
