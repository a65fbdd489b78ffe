import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runShell } from '@comprimemelo/testing/programs/run-program';
import { sha256 } from '../fixtures/read-entries.js';
import type { Held } from './held.js';

const permissions = 0o777n;
const second = 1_000_000_000n;

/**
 * What a 7z holds, as 7-Zip extracts it to a new folder: Python has no reader, and libarchive composes what is
 * decomposed in names. The umask would take permissions off.
 */
export async function readSevenZip(
  sevenZip: string,
  archive: string,
  folder: string,
): Promise<readonly Held[]> {
  const line = 'umask 0; "$1" x -bd -y "-o$3" "$2" > /dev/null; mkdir -p "$3"';
  await runShell('/', line, sevenZip, archive, folder);
  const paths = await readdir(folder, { recursive: true });
  return Promise.all(paths.map((path) => heldOf(folder, path)));
}

async function heldOf(folder: string, path: string): Promise<Held> {
  const place = join(folder, path);
  const stats = await lstat(place, { bigint: true });
  const seconds = stats.mtimeNs / second;
  return {
    kind: stats.isDirectory() ? 'directory' : stats.isSymbolicLink() ? 'symlink' : 'file',
    path,
    sha256: stats.isFile() ? sha256(await readFile(place)) : '',
    mode: Number(stats.mode & permissions),
    time: { seconds: Number(seconds), nanoseconds: Number(stats.mtimeNs - seconds * second) },
    target: '',
  };
}
