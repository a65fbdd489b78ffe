import { type FileHandle, open } from 'node:fs/promises';

const bufferBytes = 1024 * 1024;

/** A new file that is written from its start, small pieces together. */
export interface OutputFile {
  /** Bytes so far. */
  readonly length: number;
  write(bytes: Buffer): Promise<void>;
  /** Writes over bytes that were written before. */
  patch(bytes: Buffer, offset: number): Promise<void>;
  close(): Promise<void>;
}

export async function createOutputFile(location: string): Promise<OutputFile> {
  const file = await open(location, 'wx');
  let held: Buffer[] = [];
  let [heldBytes, flushed] = [0, 0];
  const flush = async () => {
    const bytes = held.length === 1 && held[0] ? held[0] : Buffer.concat(held);
    held = [];
    heldBytes = 0;
    await writeAll(file, bytes, flushed);
    flushed += bytes.length;
  };
  return {
    get length() {
      return flushed + heldBytes;
    },
    async write(bytes) {
      held.push(bytes);
      heldBytes += bytes.length;
      if (heldBytes >= bufferBytes) await flush();
    },
    async patch(bytes, offset) {
      await flush();
      await writeAll(file, bytes, offset);
    },
    async close() {
      try {
        await flush();
      } finally {
        await file.close();
      }
    },
  };
}

async function writeAll(file: FileHandle, bytes: Buffer, offset: number): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, at, bytes.length - at, offset + at);
    at += bytesWritten;
  }
}
