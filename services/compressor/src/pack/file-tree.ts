import { constants } from 'node:fs';
import { chmod, copyFile, link, mkdir, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fitFileName } from '@comprimemelo/contracts/file-name';
import type { EntryTime } from '../engines/entry.js';
import type { UnpackedDirectory, UnpackedEntry, UnpackedFile } from '../extract/unpacked-entry.js';
import type { LossReport } from '../job/loss-report.js';

/** Linux allows 4,096 bytes, the folder of the job included. */
const longestPath = 3_800;
const permissions = 0o777;
/** Permissions without which a program cannot pack, and those of what has none. */
const least = { file: 0o400, directory: 0o700, symlink: 0 } as const;
const usual = { file: 0o644, directory: 0o755 } as const;

export interface TreeOptions {
  /** An existing, empty folder. */
  folder: string;
  /** True if the contents are files of the job alone, which may be given modes and times. */
  owned: boolean;
  report: LossReport;
}

/**
 * Lays entries out as files, for a program that packs what lies in a folder. Symbolic links are never made. Names that no
 * file system holds are cut, and reported. Returns the entries under the paths that they have there.
 */
export async function layOut(
  entries: readonly UnpackedEntry[],
  { folder, owned, report }: TreeOptions,
): Promise<UnpackedEntry[]> {
  const laid = fitPaths(entries, report);
  for (const entry of laid) {
    const place = join(folder, entry.path);
    await mkdir(entry.kind === 'directory' ? place : dirname(place), { recursive: true });
    if (entry.kind === 'file') await layFile(place, entry, owned);
  }
  // Writing into a directory changes its own time.
  for (const entry of laid.toReversed()) {
    if (entry.kind === 'directory') await setMetadata(join(folder, entry.path), entry);
  }
  for (const { kind, path, mode } of laid) {
    if (mode !== undefined && (mode & least[kind]) !== least[kind])
      report.add(
        'modes',
        path,
        'Their owner was given the right to read them: it takes that to pack them.',
      );
  }
  return laid;
}

async function layFile(place: string, entry: UnpackedFile, owned: boolean): Promise<void> {
  const isPlain = entry.mode === undefined && entry.modified === undefined;
  // Files of one location would all have the mode and the time of the last.
  if (isPlain || (owned && !entry.shared)) await link(entry.location, place);
  else await copyFile(entry.location, place, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  if (!isPlain) await setMetadata(place, entry);
  else if (owned) await chmod(place, usual.file);
}

async function setMetadata(
  place: string,
  { kind, mode, modified }: UnpackedFile | UnpackedDirectory,
): Promise<void> {
  await chmod(place, ((mode ?? usual[kind]) & permissions) | least[kind]);
  if (modified !== undefined) await utimes(place, secondsOf(modified), secondsOf(modified));
}

/**
 * utimes takes seconds as a double, whose steps are 0.2 to 0.5 us: half a microsecond more keeps a time in its own, and
 * in its own second. As a text, since Node takes a number below 0 for the present time.
 */
function secondsOf({ seconds, nanoseconds }: EntryTime): string {
  if (nanoseconds === 0) return String(seconds);
  return String(seconds + (Math.floor(nanoseconds / 1_000) + 0.5) / 1e6);
}

function fitPaths(entries: readonly UnpackedEntry[], report: LossReport): UnpackedEntry[] {
  const taken = new Map<string, string>();
  const used = new Set<string>();
  return entries.map((entry) => {
    const path = fitPath(entry.path, { taken, used });
    if (path !== entry.path)
      report.add('names', entry.path, 'Names that are too long for a file system were cut.');
    return { ...entry, path };
  });
}

interface Fitted {
  /** What each part of a path became, by the path down to it. */
  readonly taken: Map<string, string>;
  readonly used: Set<string>;
}

function fitPath(path: string, fitted: Fitted): string {
  let [whole, placed] = ['', ''];
  for (const part of path.split('/')) {
    whole = whole === '' ? part : `${whole}/${part}`;
    const known = fitted.taken.get(whole);
    placed = known ?? fitPart(placed, part, fitted);
    fitted.taken.set(whole, placed);
  }
  return placed;
}

function fitPart(folder: string, name: string, { used }: Fitted): string {
  const isDeep = Buffer.byteLength(folder) + Buffer.byteLength(name) > longestPath;
  const above = folder === '' || isDeep ? '' : `${folder}/`;
  let given = fitFileName(name);
  for (let count = 2; used.has(above + given); count += 1) given = fitFileName(name, ` (${count})`);
  used.add(above + given);
  return above + given;
}
