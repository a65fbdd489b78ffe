import { open } from 'node:fs/promises';

const blockBytes = 512;
/** GNU tar fills a record of 10 kB; others fill larger ones. */
const mostBytes = 1024 * 1024;

/**
 * True of a tar without entries: nothing but empty blocks. Only the name of a file tells such a tar from a file of
 * zeros.
 */
export async function isEmptyTar(location: string): Promise<boolean> {
  const file = await open(location);
  try {
    const { size } = await file.stat();
    if (size === 0 || size > mostBytes || size % blockBytes !== 0) return false;
    return (await file.readFile()).every((byte) => byte === 0);
  } finally {
    await file.close();
  }
}
