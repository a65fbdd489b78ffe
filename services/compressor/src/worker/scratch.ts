import { chmod, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';

const prefix = 'job-';

/** The scratch folder of one process for the files of its jobs. */
export interface Scratch {
  /** Runs `work` with a new directory that only this user can read, and removes it afterwards. */
  use<T>(work: (directory: string) => Promise<T>): Promise<T>;
}

/**
 * Opens the folder and removes leftovers of crashed jobs. No other process may use it. Anything that was not created
 * by a job is kept, so that a wrong SCRATCH_DIR does no damage.
 */
export async function openScratch(folder: string): Promise<Scratch> {
  const root = resolve(folder);
  await mkdir(root, { recursive: true });
  const left = (await readdir(root)).filter((name) => name.startsWith(prefix));
  for (const name of left) await removeTree(join(root, name));
  return {
    async use(work) {
      const directory = await mkdtemp(join(root, prefix));
      try {
        return await work(directory);
      } finally {
        await removeTree(directory);
      }
    },
  };
}

/** Archives can create directories without write permission, so permissions are fixed first. */
async function removeTree(directory: string): Promise<void> {
  await rm(directory, { recursive: true, force: true }).catch(async () => {
    await openDirectories(Buffer.from(directory));
    await rm(directory, { recursive: true, force: true });
  });
}

async function openDirectories(directory: Buffer): Promise<void> {
  await chmod(directory, 0o700);
  const entries = await readdir(directory, { withFileTypes: true, encoding: 'buffer' });
  for (const entry of entries) {
    if (!entry.isDirectory()) continue;
    await openDirectories(Buffer.concat([directory, Buffer.from('/'), entry.name]));
  }
}
