import type { Stats } from 'node:fs';
import { chmod, lstat, readdir, unlink } from 'node:fs/promises';
import type { LossReport } from '../job/loss-report.js';
import { TaskFailure } from '../job/task-failure.js';
import { dangerDetails, dangerOfPath } from '../safety/entry-danger.js';

/** A regular file below some folder. */
export interface TreeFile {
  /** Relative path with slashes. Invalid UTF-8 is replaced by U+FFFD. */
  readonly path: string;
  /** The path with one character per byte. */
  readonly rawPath: string;
  /** The location on disk. Names on disk are bytes. */
  readonly location: Buffer;
  /** Bytes. */
  readonly size: number;
  readonly executable: boolean;
}

export interface Tree {
  readonly files: readonly TreeFile[];
  /** The paths of all directories. */
  readonly directories: readonly string[];
}

interface Walk {
  readonly report: LossReport;
  readonly files: TreeFile[];
  readonly directories: string[];
  /** Files with more than one name, by device and inode. */
  readonly linked: Map<string, TreeFile>;
}

const slash = Buffer.from('/');

/**
 * Walks a folder after extraction and ensures with lstat that it contains only directories and regular files without
 * links elsewhere; anything else is removed and reported. Makes unreadable entries readable. Throws a TaskFailure
 * `unsafe-entry` for a dangerous path that no listing has shown.
 */
export async function readTree(folder: string, report: LossReport): Promise<Tree> {
  const walk: Walk = { report, files: [], directories: [], linked: new Map() };
  await walkFolder({ path: '', rawPath: '', location: Buffer.from(folder) }, walk);
  const foreign = await settleLinked(walk);
  return {
    files: walk.files.filter((file) => !foreign.has(file)),
    directories: walk.directories,
  };
}

/** Removes files that still have a name outside the folder; the others are ordinary files. */
async function settleLinked({ linked, report }: Walk): Promise<Set<TreeFile>> {
  const foreign = new Set<TreeFile>();
  for (const file of linked.values()) {
    const stats = await lstat(file.location);
    if (stats.nlink === 1) {
      await open(file.location, stats, 0o400);
      continue;
    }
    foreign.add(file);
    await remove(file, 'links', report);
  }
  return foreign;
}

type Place = Pick<TreeFile, 'path' | 'rawPath' | 'location'>;

const placeIn = (folder: Place, name: Buffer): Place => ({
  path: `${folder.path}${name}`,
  rawPath: `${folder.rawPath}${name.toString('latin1')}`,
  location: Buffer.concat([folder.location, slash, name]),
});

async function walkFolder(folder: Place, walk: Walk): Promise<void> {
  for (const name of await readdir(folder.location, { encoding: 'buffer' })) {
    const place = placeIn(folder, name);
    const stats = await lstat(place.location);
    checkPath(place.path);
    if (!stats.isDirectory()) {
      await takeFile({ ...place, size: stats.size, executable: isExecutable(stats) }, stats, walk);
      continue;
    }
    await open(place.location, stats, 0o700);
    walk.directories.push(place.path);
    const within = { path: `${place.path}/`, rawPath: `${place.rawPath}/` };
    await walkFolder({ ...within, location: place.location }, walk);
  }
}

/** If a file has several names, the first is kept. */
async function takeFile(file: TreeFile, stats: Stats, walk: Walk): Promise<void> {
  if (!stats.isFile()) {
    return remove(file, stats.isSymbolicLink() ? 'links' : 'special-files', walk.report);
  }
  const inode = `${stats.dev}:${stats.ino}`;
  if (walk.linked.has(inode)) return remove(file, 'links', walk.report);
  if (stats.nlink > 1) walk.linked.set(inode, file);
  else await open(file.location, stats, 0o400);
  walk.files.push(file);
}

async function remove(
  { path, location }: TreeFile,
  lost: 'links' | 'special-files',
  report: LossReport,
): Promise<void> {
  await unlink(location);
  report.add(lost, path);
}

const isExecutable = ({ mode }: Stats): boolean => (mode & 0o111) !== 0;

function checkPath(path: string): void {
  const danger = dangerOfPath(path);
  if (!danger) return;
  throw new TaskFailure('unsafe-entry', { entry: path, detail: dangerDetails[danger] });
}

async function open(location: Buffer, { mode }: Stats, needed: number): Promise<void> {
  if ((mode & needed) !== needed) await chmod(location, (mode & 0o7777) | needed);
}
