import { ArchiveFormatError } from '../entry.js';

/** One header of a cpio. */
export interface CpioHeader {
  /** Device and inode: the names of one file share it. */
  readonly inode: string;
  readonly mode: number;
  /** Names that the file has. */
  readonly links: number;
  /** Seconds since 1970. */
  readonly modified: number;
  /** Bytes of the path, its NUL included. */
  readonly pathBytes: number;
  /** Bytes of the content. */
  readonly size: number;
}

/** How the headers of a cpio are laid out. */
export interface CpioLayout {
  readonly headerBytes: number;
  /** What the path, with its header, and the content are padded to. */
  readonly alignment: 1 | 2 | 4;
  read(header: Buffer): CpioHeader;
}

function digits(header: Buffer, start: number, length: number, base: 8 | 16): number {
  const text = header.toString('latin1', start, start + length);
  const valid = base === 8 ? /^[0-7]+$/ : /^[0-9a-fA-F]+$/;
  if (!valid.test(text)) throw new ArchiveFormatError('A header of the cpio is damaged.');
  return Number.parseInt(text, base);
}

/** `newc`, and the same with a sum: 13 fields of eight hexadecimal digits. Source: cpio(5). */
const hexadecimal: CpioLayout = {
  headerBytes: 110,
  alignment: 4,
  read(header) {
    const field = (at: number) => digits(header, 6 + 8 * at, 8, 16);
    return {
      inode: `${field(7)}:${field(8)}:${field(0)}`,
      mode: field(1),
      links: field(4),
      modified: field(5),
      pathBytes: field(11),
      size: field(6),
    };
  },
};

/** `odc`, the portable format: octal digits, nothing padded. */
const octal: CpioLayout = {
  headerBytes: 76,
  alignment: 1,
  read: (header) => ({
    inode: `${digits(header, 6, 6, 8)}:${digits(header, 12, 6, 8)}`,
    mode: digits(header, 18, 6, 8),
    links: digits(header, 36, 6, 8),
    modified: digits(header, 48, 11, 8),
    pathBytes: digits(header, 59, 6, 8),
    size: digits(header, 65, 11, 8),
  }),
};

/** The old binary format: words of 16 bits in the order of the machine; long ones have their upper half first. */
function binary(word: (header: Buffer, at: number) => number): CpioLayout {
  const long = (header: Buffer, at: number) => word(header, at) * 0x10000 + word(header, at + 2);
  return {
    headerBytes: 26,
    alignment: 2,
    read: (header) => ({
      inode: `${word(header, 2)}:${word(header, 4)}`,
      mode: word(header, 6),
      links: word(header, 12),
      modified: long(header, 16),
      pathBytes: word(header, 20),
      size: long(header, 22),
    }),
  };
}

const littleEndian = binary((header, at) => header.readUInt16LE(at));
const bigEndian = binary((header, at) => header.readUInt16BE(at));

/** The layout that the first bytes of a header show; undefined where they show none. */
export function layoutOf(start: Buffer): CpioLayout | undefined {
  const magic = start.toString('latin1', 0, 6);
  if (magic === '070701' || magic === '070702') return hexadecimal;
  if (magic === '070707') return octal;
  if (start.length < 2) return undefined;
  if (start.readUInt16LE(0) === 0o70707) return littleEndian;
  return start.readUInt16BE(0) === 0o70707 ? bigEndian : undefined;
}
