import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open, rename, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import type { ByteRange } from '@comprimemelo/service/byte-range';
import { ProblemError } from '@comprimemelo/service/problem-error';
import { BlobSink } from './blob-sink.js';
import type { BlobStore, OpenedBlob, StoredBlob } from './blob-store.js';
import { type DiskLayout, syncDirectory } from './disk-layout.js';
import { listBlobs } from './disk-list.js';
import { pour } from './pour.js';

/** Bytes that are read from a file at a time. */
const readBytes = 256 * 1024;

/** Never through a link, and never waiting for the other end of a pipe. */
const readFlags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** What these say of a path: no blob is there. */
const absent = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'ENXIO']);

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code ?? '';

function putProblem(error: unknown): unknown {
  switch (codeOf(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new ProblemError('insufficient-storage', { cause: error });
    case 'ECONNRESET':
    case 'ERR_STREAM_PREMATURE_CLOSE':
      return new ProblemError('upload-truncated', { cause: error });
    default:
      return error;
  }
}

async function receive(path: string, body: Readable, maxBytes: number): Promise<StoredBlob> {
  const file = await open(path, 'wx');
  try {
    const sink = new BlobSink(file, maxBytes);
    await pour(body, sink);
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
    if (absent.has(codeOf(error))) return undefined;
    throw error;
  }
}

/** Blobs on a local disk that prepareDisk has laid out. `maxBytes` bounds one blob. */
export function createDiskStore(
  { root, incoming }: DiskLayout,
  maxBytes = Number.POSITIVE_INFINITY,
): BlobStore {
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
        throw putProblem(error);
      }
    },
    open: (key) => openBlob(join(root, key)),
    async delete(key) {
      try {
        await unlink(join(root, key));
      } catch (error) {
        if (!absent.has(codeOf(error))) throw error;
      }
    },
    list: (request) => listBlobs(root, request),
  };
}
