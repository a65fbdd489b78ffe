import { open } from 'node:fs/promises';

const [rar4, rar5] = ['Rar!\x1a\x07\x00', 'Rar!\x1a\x07\x01\x00'];
/** More than the first block of a rar takes, up to its flags. */
const headBytes = 64;

/** A volume of a rar archive, and how 7-Zip finds the next one. */
export interface RarVolume {
  readonly type: 'rar' | 'rar5';
  /** True if the volumes are called `.part1.rar`, `.part2.rar`; false for `.rar`, `.r00`. */
  readonly newNames: boolean;
  /** True if it says that it is whole, and no volume of several. */
  readonly isWhole: boolean;
}

/**
 * What a file says by its first bytes, from that offset on; undefined if it is no rar. RAR 5 has the new names alone.
 * Sources: RARLAB, technote.txt of RAR 4.20 and "RAR 5.0 archive format".
 */
export async function readRarVolume(location: string, offset = 0): Promise<RarVolume | undefined> {
  const file = await open(location);
  try {
    const { buffer } = await file.read(Buffer.alloc(headBytes), 0, headBytes, offset);
    const head = buffer.toString('latin1');
    if (head.startsWith(rar5)) return { type: 'rar5', newNames: true, isWhole: isWhole5(buffer) };
    return head.startsWith(rar4) ? { type: 'rar', ...flags4(buffer) } : undefined;
  } finally {
    await file.close();
  }
}

/** The flags of the main block: this is a volume; the names are new. */
const [volume, newNames] = [0x0001, 0x0010];

function flags4(head: Buffer): Omit<RarVolume, 'type'> {
  const flags = head.readUInt16LE(10);
  return { newNames: (flags & newNames) !== 0, isWhole: (flags & volume) === 0 };
}

const mainBlock = 1;
const hasExtra = 1;

/** Of an archive with encrypted headers nothing is known. */
function isWhole5(head: Buffer): boolean {
  // Behind the signature and a sum: the size of the block, its type and its flags.
  const [, type, blockFlags = 0, ...rest] = vints(head.subarray(rar5.length + 4), 5);
  const flags = (blockFlags & hasExtra) === 0 ? rest[0] : rest[1];
  return type === mainBlock && flags !== undefined && (flags & volume) === 0;
}

/** The first numbers: seven bits a byte, the lowest first. */
function vints(bytes: Buffer, count: number): number[] {
  const numbers: number[] = [];
  let at = 0;
  while (numbers.length < count && at < bytes.length) {
    let [value, scale, byte] = [0, 1, 0];
    do {
      byte = bytes[at] ?? 0;
      value += (byte & 127) * scale;
      scale *= 128;
      at += 1;
    } while (byte > 127);
    numbers.push(value);
  }
  return numbers;
}
