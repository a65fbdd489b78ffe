import { open } from 'node:fs/promises';

const [rar4, rar5] = ['Rar!\x1a\x07\x00', 'Rar!\x1a\x07\x01\x00'];
/** Where the flags of the first block are, and the one for `.part1.rar` in place of `.rar` and `.r00`. */
const [flagsAt, newNames] = [10, 0x10];

/** A volume of a rar archive, and how 7-Zip finds the next one. */
export interface RarVolume {
  readonly type: 'rar' | 'rar5';
  /** True if the volumes are called `.part1.rar`, `.part2.rar`; false for `.rar`, `.r00`. */
  readonly newNames: boolean;
}

/**
 * What a file says by its first bytes, from that offset on; undefined if it is no rar. RAR 5 has the new names alone.
 * Source: RARLAB, technote.txt of RAR 4.20.
 */
export async function readRarVolume(location: string, offset = 0): Promise<RarVolume | undefined> {
  const file = await open(location);
  try {
    const { buffer } = await file.read(Buffer.alloc(flagsAt + 2), 0, flagsAt + 2, offset);
    const head = buffer.toString('latin1');
    if (head.startsWith(rar5)) return { type: 'rar5', newNames: true };
    if (!head.startsWith(rar4)) return undefined;
    return { type: 'rar', newNames: (buffer.readUInt16LE(flagsAt) & newNames) !== 0 };
  } finally {
    await file.close();
  }
}
