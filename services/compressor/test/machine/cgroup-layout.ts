import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { freshFolder } from '@comprimemelo/testing/folders';
import type { Test } from 'tap';
import type { CgroupPlaces } from '../../src/machine/cgroup-folders.js';

/** Lays out what the kernel shows of cgroups; `cgroup` is what it tells of the process. */
export async function layOutCgroups(
  t: Test,
  cgroup: string,
  files: Record<string, string>,
): Promise<CgroupPlaces> {
  const root = await freshFolder(t);
  for (const [path, text] of Object.entries({ 'self/cgroup': cgroup, ...files })) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  return { root, own: join(root, 'self/cgroup') };
}
