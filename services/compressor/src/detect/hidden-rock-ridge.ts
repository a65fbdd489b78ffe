import { type FileHandle, open } from 'node:fs/promises';

const sector = 2_048;
/** Maximum number of volume descriptors to read: an image has three or four. */
const most = 32;
const kinds = { primary: 1, supplementary: 2 };
const at = { escapes: 88, root: 156 };
/** Marks in the first record of the root that Rock Ridge follows. Source: IEEE P1281 (SUSP), 5.3. */
const susp = Buffer.from('SP\x07\x01\xbe\xef', 'latin1');
const permissions = Buffer.from('PX');

async function readSector(file: FileHandle, number: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(sector), 0, sector, number * sector);
  return buffer.subarray(0, bytesRead);
}

async function volumesOf(file: FileHandle): Promise<Buffer[]> {
  const volumes: Buffer[] = [];
  for (let number = 16; volumes.length < most; number += 1) {
    const volume = await readSector(file, number);
    if (volume.length < sector || volume.toString('latin1', 1, 6) !== 'CD001') break;
    volumes.push(volume);
  }
  return volumes;
}

const isJoliet = (volume: Buffer): boolean =>
  volume[0] === kinds.supplementary &&
  /^%\/[@CE]/.test(volume.toString('latin1', at.escapes, at.escapes + 3));

/**
 * Whether an image has both Rock Ridge (with modes and links) and Joliet: 7-Zip then reads only Joliet, where a link is
 * an empty file. Making 7-Zip read Rock Ridge would not help, because it truncates long names and leaves relocated
 * deep folders where they are. Source: ECMA-119, 8.4.
 */
export async function hidesRockRidge(image: string): Promise<boolean> {
  const file = await open(image);
  try {
    const volumes = await volumesOf(file);
    const primary = volumes.find((volume) => volume[0] === kinds.primary);
    if (!primary || !volumes.some(isJoliet)) return false;
    const root = await readSector(file, primary.readUInt32LE(at.root + 2));
    const first = root.subarray(0, root[0] ?? 0);
    return first.includes(susp) && first.includes(permissions);
  } finally {
    await file.close();
  }
}
