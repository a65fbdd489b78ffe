import { isUtf8 } from 'node:buffer';

/** Bytes of distinct names that an encoding is found by, however many entries there are. */
const sampleBytes = 64 * 1024;

// biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII has them
const ascii = /^[\u0000-\u007f]*$/;

/** Whether the bytes of a name, one character a byte, are UTF-8 (RFC 3629). */
export const isUtf8Name = (raw: string): boolean =>
  ascii.test(raw) || isUtf8(Buffer.from(raw, 'latin1'));

/**
 * The distinct parts of paths that are not UTF-8, up to 64 KiB of them: what an archive's encoding is found by. Paths
 * are one character a byte, with slashes between their parts: no encoding of ours has 0x2F within a character.
 */
export interface NameSample {
  /** Paths that an archive marks as UTF-8 say nothing of its other encoding. */
  add(rawPath: string, isMarkedUtf8: boolean): void;
  /** Entries whose path is not UTF-8. */
  readonly count: number;
  readonly parts: ReadonlySet<string>;
}

export function createNameSample(): NameSample {
  const parts = new Set<string>();
  let bytes = 0;
  let count = 0;
  const addPart = (part: string) => {
    if (ascii.test(part) || parts.has(part) || bytes + part.length > sampleBytes) return;
    parts.add(part);
    bytes += part.length;
  };
  return {
    add: (rawPath, isMarkedUtf8) => {
      if (isUtf8Name(rawPath)) return;
      count += 1;
      if (!isMarkedUtf8) for (const part of rawPath.split('/')) addPart(part);
    },
    get count() {
      return count;
    },
    parts,
  };
}
