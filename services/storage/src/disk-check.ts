import { access, constants, statfs } from 'node:fs/promises';
import type { DiskLayout } from './disk-layout.js';

/** For /readyz: checks that blobs can be received and returns the free space. Throws if the disk is full. */
export async function checkDisk({ incoming }: DiskLayout): Promise<string> {
  await access(incoming, constants.W_OK);
  const { bavail, bsize } = await statfs(incoming);
  if (bavail === 0) throw new Error('the disk is full');
  return `${Math.floor((bavail * bsize) / 1e9)} GB free`;
}
