import { noise } from '@comprimemelo/testing/folders';
import type { Content } from './tree.js';

/** Bytes of a block of a file system: less is no hole. */
const block = 4_096;

/** A stretch of a file that is no hole. */
export interface Stretch {
  readonly at: number;
  readonly bytes: Buffer;
}

/** Where a file has bytes; the rest is zeros. */
export function stretchesOf({ look, size, seed }: Content): Stretch[] {
  if (look === 'noise') return [{ at: 0, bytes: noise(size, seed) }];
  if (look === 'text') return [{ at: 0, bytes: Buffer.alloc(size, `line ${seed}\n`) }];
  const stretches: Stretch[] = [];
  for (let at = (seed % 5) * block; at < size; at += ((seed % 7) + 2) * 25 * block) {
    stretches.push({ at, bytes: noise(Math.min(1 + (seed % 9_000), size - at), seed + at) });
  }
  return stretches;
}

/** All bytes of a file. */
export function bytesOf(content: Content): Buffer {
  const whole = Buffer.alloc(content.size);
  for (const { at, bytes } of stretchesOf(content)) bytes.copy(whole, at);
  return whole;
}
