import { hasMark } from './archive-signatures.js';

/**
 * Signatures of content that is rejected, whatever its name: types that 7-Zip could open but must not, and others that
 * are not archives. One character per byte, and the offset.
 */
const marks: readonly (readonly [kind: string, bytes: string, at?: number])[] = [
  ['a program', 'MZ'],
  ['a program', '\x7fELF'],
  ['a program', '\xce\xfa\xed\xfe'],
  ['a program', '\xcf\xfa\xed\xfe'],
  ['a program', '\xca\xfe\xba\xbe'],
  ['a script', '#!'],
  ['an old rar', 'RE~^'],
  ['a Windows image', 'MSWIM\x00'],
  ['a SquashFS image', 'hsqs'],
  ['a SquashFS image', 'sqsh'],
  ['a cramfs image', '\x45\x3d\xcd\x28'],
  ['a disk image', 'QFI\xfb'],
  ['a disk image', 'KDMV'],
  ['a disk image', 'vhdxfile'],
  ['a disk image', 'conectix'],
  ['a disk image', '\x7f\x10\xda\xbe', 64],
  ['an APFS volume', 'NXSB', 32],
  ['an NTFS volume', 'NTFS    ', 3],
  ['a disk with a partition table', 'EFI PART', 512],
  ['a disk with a boot record', '\x55\xaa', 510],
  ['an HFS volume', 'H+\x00\x04', 1_024],
  ['an HFS volume', 'HX\x00\x05', 1_024],
  ['an ext volume', '\x53\xef', 1_080],
  ['a UDF image', 'BEA01', 32_769],
  ['a xar archive', 'xar!'],
  ['a compiled help file', 'ITSF'],
  ['a compound document', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'],
  ['an installer', '\xef\xbe\xad\xdeNullsoft', 4],
  ['a PDF document', '%PDF-'],
  ['a picture', '\x89PNG\r\n'],
  ['a picture', '\xff\xd8\xff'],
];

/** The type of a file that is not a supported archive, by its first 36 KiB; undefined if unknown. */
export const foreignKind = (head: Buffer): string | undefined =>
  marks.find(([, bytes, at]) => hasMark(head, bytes, at))?.[0];
