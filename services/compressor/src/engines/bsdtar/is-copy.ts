import { open } from 'node:fs/promises';

/** Bytes that are compared where two files are of one size. */
const compared = 4_096;

/** True of two files of one size that begin with the same bytes. */
export async function isCopy(first: string, second: string): Promise<boolean> {
  const [one, other] = await Promise.all([first, second].map(startOf));
  return one?.size === other?.size && (one?.start.equals(other?.start ?? Buffer.alloc(0)) ?? false);
}

async function startOf(location: string): Promise<{ size: number; start: Buffer }> {
  const file = await open(location);
  try {
    const { size } = await file.stat();
    const { buffer, bytesRead } = await file.read(Buffer.alloc(compared), 0, compared, 0);
    return { size, start: buffer.subarray(0, bytesRead) };
  } finally {
    await file.close();
  }
}
