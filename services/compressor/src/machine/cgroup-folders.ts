import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Where the kernel exposes cgroups; tests provide their own. */
export interface CgroupPlaces {
  /** The cgroups' file system. */
  root?: string;
  /** The cgroups of this process. */
  own?: string;
}

/** A folder that may contain limits of this process. The file names differ between v1 and v2. */
export interface CgroupFolder {
  version: 1 | 2;
  path: string;
}

/** The folders of this process's cgroups for a controller, from its own up to the top. Source: cgroups(7). */
export async function cgroupFolders(
  controller: string,
  { root = '/sys/fs/cgroup', own = '/proc/self/cgroup' }: CgroupPlaces = {},
): Promise<CgroupFolder[]> {
  const lines = (await readFile(own, 'utf8').catch(() => '')).split('\n');
  return lines.flatMap((line): CgroupFolder[] => {
    const [, controllers, path = '/'] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
    if (controllers === '')
      return upwards(path).map((at) => ({ version: 2, path: join(root, at) }));
    if (!controllers?.split(',').includes(controller)) return [];
    return upwards(path).map((at) => ({ version: 1, path: join(root, controller, at) }));
  });
}

/** The path and what is above it. Inside a container the path can be the host's; the root is then its own. */
const upwards = (path: string): string[] =>
  path === '/' ? ['/'] : [path, ...upwards(dirname(path))];
