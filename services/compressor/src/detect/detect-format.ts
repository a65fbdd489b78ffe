import { open } from 'node:fs/promises';
import type { ContentType } from '../engines/seven-zip/container.js';
import { isLzma, markedContainer } from './archive-signatures.js';
import { foreignKind } from './foreign-signatures.js';

/** Enough for the signature of an image, which has the highest offset: 32 KiB. */
const headBytes = 36 * 1024;

/** The type of a file by its content, whatever its name says. */
export interface Content {
  /** Undefined if it is not a supported archive. */
  readonly type?: ContentType;
  /** The known type of content that is not a supported archive. */
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

/** Detects the type of a file by its first bytes. */
export async function sniffContent(file: string): Promise<Content> {
  const head = await readHead(file);
  const type = markedContainer(head);
  if (type !== undefined) return { type };
  const foreign = foreignKind(head);
  if (foreign !== undefined) return { foreign };
  return isLzma(head) ? { type: 'lzma' } : {};
}

/** Like sniffContent, for the payload of a package. */
export const sniffPayload = async (file: string): Promise<ContentType | undefined> =>
  (await sniffContent(file)).type;
