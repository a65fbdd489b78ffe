import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { BlobEntry, ListRequest } from './blob-store.js';
import { shards } from './disk-layout.js';

async function describe(root: string, key: string): Promise<BlobEntry | undefined> {
  try {
    const stats = await lstat(join(root, key));
    if (!stats.isFile()) return undefined;
    return { key, size: stats.size, modifiedAt: stats.mtime };
  } catch (error) {
    // It was deleted after its directory was read.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** The blobs of an area, ordered by key. Reads one of 256 directories at a time. */
export async function listBlobs(
  root: string,
  { area, after = '', limit }: ListRequest,
): Promise<BlobEntry[]> {
  const found: BlobEntry[] = [];
  const first = after.split('/')[1] ?? '';
  for (const shard of shards.filter((name) => name >= first)) {
    const names = await readdir(join(root, area, shard));
    const keys = names.map((name) => `${area}/${shard}/${name}`).filter((key) => key > after);
    keys.sort();
    while (keys.length > 0 && found.length < limit) {
      const next = keys.splice(0, limit - found.length);
      const entries = await Promise.all(next.map((key) => describe(root, key)));
      found.push(...entries.filter((entry) => entry !== undefined));
    }
    if (found.length >= limit) break;
  }
  return found;
}
