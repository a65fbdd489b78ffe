import { createHash, randomUUID } from 'node:crypto';
import { open, rename, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { SmallBlob, StoredItem } from './blob-store.js';
import { forEachConcurrently } from './bounded-concurrency.js';
import { diskProblem, isAbsent } from './disk-errors.js';
import { type DiskLayout, syncDirectory } from './disk-layout.js';

/**
 * Files of a batch that are worked on at the same time. More than libuv has threads, so that none of them
 * waits for the next bytes; few enough that a batch holds few files open.
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
 * Keeps a batch of small blobs. All of them are on the disk before the first gets its name, and each
 * directory is made durable once: a batch that fails on its way in leaves nothing, and costs one wait for
 * each blob and one for each directory, where single puts cost two for each blob.
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

/** Removes blobs, and all that can be removed where some cannot; then throws the first reason. */
export async function deleteBatch(paths: readonly string[]): Promise<void> {
  const failures: unknown[] = [];
  await forEachConcurrently(paths, atOnce, (path) =>
    unlink(path).catch((error: unknown) => {
      if (!isAbsent(error)) failures.push(error);
    }),
  );
  if (failures.length > 0) throw failures[0];
}
