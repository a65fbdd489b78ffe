import type { Stats } from 'node:fs';
import { chmod, lstat, readdir } from 'node:fs/promises';
import { dangerDetails, dangerOfPath } from './entry-danger.js';
import { TaskFailure } from './task-failure.js';

/** A regular file below some folder. */
export interface TreeFile {
  /** Relative, with slashes; bytes that are no UTF-8 stand as U+FFFD. */
  readonly path: string;
  /** Where it lies. Names on disk are bytes. */
  readonly location: Buffer;
  /** Bytes. */
  readonly size: number;
}

const slash = Buffer.from('/');

/**
 * Walks a folder after an extraction and makes sure, by lstat, that it holds nothing but directories and
 * regular files that are linked nowhere else. Makes what the archive closed to its owner readable.
 * Throws a TaskFailure `unsafe-entry` that names what is not as it must be.
 */
export async function readTree(folder: string): Promise<TreeFile[]> {
  const files: TreeFile[] = [];
  await walk(Buffer.from(folder), '', files);
  return files;
}

async function walk(folder: Buffer, under: string, files: TreeFile[]): Promise<void> {
  for (const name of await readdir(folder, { encoding: 'buffer' })) {
    const path = `${under}${name.toString()}`;
    const location = Buffer.concat([folder, slash, name]);
    const stats = await lstat(location);
    checkEntry(path, stats);
    if (stats.isDirectory()) {
      await open(location, stats, 0o700);
      await walk(location, `${path}/`, files);
    } else {
      await open(location, stats, 0o400);
      files.push({ path, location, size: stats.size });
    }
  }
}

function checkEntry(path: string, stats: Stats): void {
  const danger = dangerOfPath(path) ?? kindDanger(stats);
  if (!danger) return;
  throw new TaskFailure('unsafe-entry', { entry: path, detail: dangerDetails[danger] });
}

function kindDanger(stats: Stats): 'link' | 'special' | undefined {
  if (stats.isDirectory()) return undefined;
  if (!stats.isFile()) return stats.isSymbolicLink() ? 'link' : 'special';
  return stats.nlink > 1 ? 'link' : undefined;
}

async function open(location: Buffer, { mode }: Stats, needed: number): Promise<void> {
  if ((mode & needed) !== needed) await chmod(location, (mode & 0o7777) | needed);
}
