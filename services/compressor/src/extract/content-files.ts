import { closeSync, openSync, writeSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { ListedEntry } from '../engines/entry.js';
import type { EntryContent } from '../engines/seven-zip/read-contents.js';

/** Bytes up to which a file is written at once, without a turn of the event loop for each step. */
const smallBytes = 64 * 1024;

/** A content that has been written to a file. */
export interface ContentFile {
  readonly location: string;
  /** Bytes. */
  readonly size: number;
}

/** Writes contents to files that are named by numbers, so that no name of an archive is one on this disk. */
export interface ContentFiles {
  write(content: EntryContent, entry: ListedEntry): Promise<ContentFile>;
}

export function createContentFiles(folder: string, signal: AbortSignal): ContentFiles {
  let count = 0;
  return {
    async write(content, { size }) {
      const location = join(folder, String(count));
      count += 1;
      if (size !== undefined && size <= smallBytes) return writeSmall(location, content);
      return writeLarge(location, content, signal);
    },
  };
}

/** 100,000 small files take a sixth of the time that they take by promises. */
async function writeSmall(location: string, { bytes }: EntryContent): Promise<ContentFile> {
  const pieces: Buffer[] = [];
  for await (const piece of bytes()) pieces.push(piece);
  const whole = Buffer.concat(pieces);
  const file = openSync(location, 'wx', 0o600);
  try {
    for (let at = 0; at < whole.length; ) at += writeSync(file, whole, at);
  } finally {
    closeSync(file);
  }
  return { location, size: whole.length };
}

async function writeLarge(
  location: string,
  { bytes }: EntryContent,
  signal: AbortSignal,
): Promise<ContentFile> {
  const file = await open(location, 'wx', 0o600);
  let size = 0;
  try {
    for await (const piece of bytes()) {
      signal.throwIfAborted();
      await file.writeFile(piece);
      size += piece.length;
    }
  } finally {
    await file.close();
  }
  return { location, size };
}
