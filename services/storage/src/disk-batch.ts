import { createHash, randomUUID } from 'node:crypto';
import { open, rename, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { SmallBlob, StoredItem } from './blob-store.js';
import { forEachConcurrently } from './bounded-concurrency.js';
import { diskProblem, isAbsent } from './disk-errors.js';
import { type DiskLayout, syncDirectory } from './disk-layout.js';

/**
 * Files of a batch that are written concurrently: more than libuv has threads, so that none of them is idle, but few
 * enough to limit the open files.
 */
const atOnce = 16;

interface Received extends StoredItem {
  temporary: string;
}

async function writeDurably(path: string, bytes: Buffer): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/**
 * Stores a batch of small blobs. All of them are durable before the first gets its name, so a batch that fails on
 * arrival leaves nothing. Each directory is synced once: one sync per blob plus one per directory, where single puts
 * need two per blob.
 */
export async function putBatch(
  { root, incoming }: DiskLayout,
  blobs: AsyncIterable<SmallBlob>,
): Promise<StoredItem[]> {
  const received: Received[] = [];
  try {
    await forEachConcurrently(blobs, atOnce, async ({ key, bytes }) => {
      const temporary = join(incoming, randomUUID());
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      received.push({ key, size: bytes.length, sha256, temporary });
      await writeDurably(temporary, bytes);
    });
    await forEachConcurrently(received, atOnce, ({ temporary, key }) =>
      rename(temporary, join(root, key)),
    );
    const directories = new Set(received.map(({ key }) => dirname(join(root, key))));
    await forEachConcurrently(directories, atOnce, syncDirectory);
    return received.map(({ key, size, sha256 }) => ({ key, size, sha256 }));
  } catch (error) {
    await forEachConcurrently(received, atOnce, ({ temporary }) =>
      unlink(temporary).catch(() => undefined),
    );
    throw diskProblem(error);
  }
}

/** Deletes as many blobs as possible, then throws the first error, if any. */
export async function deleteBatch(paths: readonly string[]): Promise<void> {
  const failures: unknown[] = [];
  await forEachConcurrently(paths, atOnce, (path) =>
    unlink(path).catch((error: unknown) => {
      if (!isAbsent(error)) failures.push(error);
    }),
  );
  if (failures.length > 0) throw failures[0];
}
