import { open } from 'node:fs/promises';
import type { ContainerType } from '../engines/seven-zip/container.js';
import { isLzma, markedContainer } from './archive-signatures.js';
import { foreignKind } from './foreign-signatures.js';

/** Enough for an image's mark, which stands furthest back: behind 32 KiB. */
const headBytes = 36 * 1024;

/** What a file holds by its content, whatever its name says. */
export interface Content {
  /** Undefined where it is no archive that is read here. */
  readonly type?: ContainerType;
  /** What it is known to be in the place of an archive. */
  readonly foreign?: string;
}

async function readHead(file: string): Promise<Buffer> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** Tells by the file's first bytes what it is. */
export async function sniffContent(file: string): Promise<Content> {
  const head = await readHead(file);
  const type = markedContainer(head);
  if (type !== undefined) return { type };
  const foreign = foreignKind(head);
  return foreign === undefined ? {} : { foreign };
}

/** As sniffContent, of what a package has inside: that may be packed by lzma, which has no mark. */
export async function sniffPayload(file: string): Promise<ContainerType | undefined> {
  const head = await readHead(file);
  return markedContainer(head) ?? (isLzma(head) ? 'lzma' : undefined);
}
