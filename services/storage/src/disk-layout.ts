import { lstat, mkdir, open, readdir, realpath, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { blobAreas } from '@comprimemelo/contracts/blob-keys';

/** The two hex digits that spread blobs over directories: 00 to ff. */
export const shards = Array.from({ length: 256 }, (_, index) =>
  index.toString(16).padStart(2, '0'),
);

export interface DiskLayout {
  /** The directory that contains the areas, with all links resolved. */
  root: string;
  /** Files that are being received. */
  incoming: string;
}

/** Makes the entries of a directory durable. */
export async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code;

/** True if the directory was created. Throws if something else has its name. */
async function make(path: string): Promise<boolean> {
  try {
    await mkdir(path);
    return true;
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
  // Links are rejected here, so no later path can pass through one.
  if ((await lstat(path)).isDirectory()) return false;
  throw new Error(`${path} is not a directory`);
}

/** Creates `path` and its parents, and makes each durable. */
async function makeRoot(path: string): Promise<void> {
  const parent = dirname(path);
  try {
    await mkdir(path);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return;
    if (codeOf(error) !== 'ENOENT' || parent === path) throw error;
    await makeRoot(parent);
    await mkdir(path);
  }
  await syncDirectory(parent);
}

async function makeAll(parent: string, names: readonly string[]): Promise<void> {
  const made = await Promise.all(names.map((name) => make(join(parent, name))));
  if (made.includes(true)) await syncDirectory(parent);
}

/**
 * Creates every directory that can contain a blob, so that a put only has to sync its own, and empties `tmp`, which
 * contains unfinished files of the last run. Only one process may own a root.
 */
export async function prepareDisk(path: string): Promise<DiskLayout> {
  await makeRoot(resolve(path));
  const root = await realpath(path);
  await makeAll(root, [...blobAreas, 'tmp']);
  for (const area of blobAreas) await makeAll(join(root, area), shards);
  const incoming = join(root, 'tmp');
  const left = await readdir(incoming);
  await Promise.all(left.map((name) => rm(join(incoming, name), { recursive: true })));
  return { root, incoming };
}
