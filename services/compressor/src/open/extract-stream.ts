import { copyFile } from 'node:fs/promises';
import type { ByteSource } from '../engines/byte-source.js';
import type { EngineEntry, OpenEntry } from '../engines/entry.js';
import type { OnProgress } from '../job/progress.js';
import { extractedPath, foldersOf } from '../safety/extracted-path.js';
import type { Wanted } from './archive-part.js';
import { makeDirectory, makeFile, makeParents, placeBelow, setMetadata } from './entry-file.js';
import type { LinkTargets } from './link-targets.js';

export interface StreamExtraction {
  /** The folder that the entries go below. It exists, as does `aside`. */
  readonly target: string;
  /** The folder for the content of files that are not wanted, but by a hard link to them. */
  readonly aside: string;
  readonly wanted: Wanted;
  readonly links: LinkTargets;
  readonly source: ByteSource;
  readonly signal: AbortSignal;
  readonly report: OnProgress;
}

interface Extracting extends StreamExtraction {
  readonly isWanted: (path: string) => boolean;
  /** Where the content lies that hard links lead to, by its path. */
  readonly contents: Map<string, Buffer>;
  /** To be given their times at the end: writing into a directory changes its own. */
  readonly directories: (() => Promise<void>)[];
}

/**
 * Extracts entries below the folder as they come: files, directories, and hard links as files of their own. Symbolic
 * links and special entries are never made, so that no path leads out through one. A later entry of one path replaces
 * the former. Throws a TaskFailure where a path leads out (`unsafe-entry`), or where two entries cannot both be there
 * (`archive-corrupt`).
 */
export async function extractStream(
  entries: AsyncIterable<OpenEntry>,
  options: StreamExtraction,
): Promise<void> {
  const { source, wanted, report } = options;
  const extracting: Extracting = {
    ...options,
    isWanted: createSelection(wanted),
    contents: new Map(),
    directories: [],
  };
  for await (const one of entries) {
    await extractEntry(one, extracting);
    report(source.position / Math.max(source.size, 1));
  }
  for (const settle of extracting.directories.toReversed()) await settle();
}

/** By extracted paths, one character a byte; a directory stands for all below it. */
function createSelection({ only, leftOut }: Wanted): (path: string) => boolean {
  const selected = only && new Set(only.map(extractedPath));
  const excluded = new Set(leftOut.map(extractedPath));
  const isIn = (paths: ReadonlySet<string>, path: string) => {
    if (paths.has(path)) return true;
    for (const folder of foldersOf(path)) if (paths.has(folder)) return true;
    return false;
  };
  return (path) =>
    (selected === undefined || isIn(selected, path)) &&
    !(excluded.size > 0 && isIn(excluded, path));
}

async function extractEntry(opened: OpenEntry, extracting: Extracting): Promise<void> {
  const { entry } = opened;
  const path = extractedPath(entry.rawPath);
  if (path === '' || entry.type === 'symlink' || entry.type === 'special') return;
  if (extracting.isWanted(path)) return extractWanted(opened, path, extracting);
  if (entry.type !== 'file' || !extracting.links.has(path)) return;
  const aside = placeBelow(extracting.aside, String(extracting.contents.size));
  await makeFile(aside, opened, extracting.signal);
  extracting.contents.set(path, aside);
}

async function extractWanted(
  opened: OpenEntry,
  path: string,
  extracting: Extracting,
): Promise<void> {
  const { entry } = opened;
  const location = placeBelow(extracting.target, path);
  if (entry.type === 'directory') {
    await makeDirectory(location, entry);
    extracting.directories.push(() => setMetadata(location, entry));
    return;
  }
  await makeParents(location, entry);
  if (entry.type === 'hardlink') await linkFile(location, entry, extracting);
  else await makeFile(location, opened, extracting.signal);
  if (extracting.links.has(path)) extracting.contents.set(path, location);
}

/** A file of the same bytes: results are files of their own. A link that leads nowhere makes none. */
async function linkFile(
  location: Buffer,
  entry: EngineEntry,
  { contents }: Extracting,
): Promise<void> {
  const content = contents.get(extractedPath(entry.target ?? ''));
  if (content === undefined || content.equals(location)) return;
  await copyFile(content, location);
  await setMetadata(location, entry);
}
