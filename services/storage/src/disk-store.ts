import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open, rename, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import type { ByteRange } from '@comprimemelo/service/http/byte-range';
import { BlobSink } from './blob-sink.js';
import type { BlobStore, OpenedBlob, StoredBlob } from './blob-store.js';
import { deleteBatch, putBatch } from './disk-batch.js';
import { diskProblem, isAbsent } from './disk-errors.js';
import { type DiskLayout, syncDirectory } from './disk-layout.js';
import { listBlobs } from './disk-list.js';
import { pipeToSink } from './pipe-to-sink.js';

/** Bytes per read from a file. */
const readBytes = 256 * 1024;

/** Never follow links and never block on a pipe. */
const readFlags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

async function receive(path: string, body: Readable, maxBytes: number): Promise<StoredBlob> {
  const file = await open(path, 'wx');
  try {
    const sink = new BlobSink(file, maxBytes);
    await pipeToSink(body, sink);
    return sink.stored();
  } finally {
    await file.close();
  }
}

function openedBlob(file: FileHandle, size: number, modifiedAt: Date): OpenedBlob {
  const read = (range?: ByteRange) =>
    file.createReadStream({ ...range, autoClose: true, highWaterMark: readBytes });
  return { size, modifiedAt, read, close: () => file.close() };
}

async function openBlob(path: string): Promise<OpenedBlob | undefined> {
  let file: FileHandle | undefined;
  try {
    file = await open(path, readFlags);
    const stats = await file.stat();
    if (stats.isFile()) return openedBlob(file, stats.size, stats.mtime);
    await file.close();
    return undefined;
  } catch (error) {
    await file?.close();
    if (isAbsent(error)) return undefined;
    throw error;
  }
}

/** Stores blobs on a local disk prepared by prepareDisk. `maxBytes` limits one blob. */
export function createDiskStore(
  layout: DiskLayout,
  maxBytes = Number.POSITIVE_INFINITY,
): BlobStore {
  const { root, incoming } = layout;
  return {
    async put(key, body) {
      const temporary = join(incoming, randomUUID());
      const path = join(root, key);
      try {
        const stored = await receive(temporary, body, maxBytes);
        await rename(temporary, path);
        await syncDirectory(dirname(path));
        return stored;
      } catch (error) {
        await unlink(temporary).catch(() => undefined);
        throw diskProblem(error);
      }
    },
    putMany: (blobs) => putBatch(layout, blobs),
    open: (key) => openBlob(join(root, key)),
    delete: (keys) => deleteBatch(keys.map((key) => join(root, key))),
    list: (request) => listBlobs(root, request),
  };
}
