import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { WritableEntry } from '../engines/writable-entry.js';
import type { UnpackedEntry, UnpackedFile } from '../extract/unpacked-entry.js';

/** Bytes up to which a file is read at once. */
const smallBytes = 1024 * 1024;
/** Of files and of directories whose archive has none, as most umasks make them. */
const defaultModes = { file: 0o644, directory: 0o755, symlink: 0o777 } as const;
const permissions = 0o777;

export interface WritableOptions {
  /** True if the format holds hard links; else each is a file of its own. */
  hardLinks: boolean;
  /** Of what has no time. */
  now: Date;
}

/** Entries as the writers of this process take them. */
export function writableEntries(
  entries: readonly UnpackedEntry[],
  { hardLinks, now }: WritableOptions,
): WritableEntry[] {
  const today = { seconds: Math.floor(now.getTime() / 1_000), nanoseconds: 0 };
  return entries.map((entry): WritableEntry => {
    const mode = (entry.mode ?? defaultModes[entry.kind]) & permissions;
    const base = { path: entry.path, mode, modified: entry.modified ?? today };
    if (entry.kind === 'directory') return { ...base, type: 'directory' };
    if (entry.kind === 'symlink') return { ...base, type: 'symlink', target: entry.target };
    if (hardLinks && entry.linkTo !== undefined) {
      return { ...base, type: 'hardlink', target: entry.linkTo };
    }
    return { ...base, type: 'file', size: entry.size, content: () => contentOf(entry) };
  });
}

async function* contentOf({ location, size }: UnpackedFile): AsyncGenerator<Buffer> {
  if (size <= smallBytes) yield await readFile(location);
  else yield* createReadStream(location, { highWaterMark: 256 * 1024 });
}
