import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { type CgroupFolder, type CgroupPlaces, cgroupFolders } from './cgroup-folders.js';

/** CPU quota and period in microseconds, in one file or two. */
const files = { 1: ['cpu.cfs_quota_us', 'cpu.cfs_period_us'], 2: ['cpu.max'] } as const;

/**
 * Cores that this process and its children may use, a part of one counted as one: the least of the machine's and
 * of the quotas of its cgroups, v1 or v2, up to the top. Node 20 knows no quotas: in a container bounded to two
 * cores it counts all of the machine's. Source: "CFS Bandwidth Control" and "Control Group v2" of the kernel.
 */
export async function coreLimit(places?: CgroupPlaces): Promise<number> {
  const folders = await cgroupFolders('cpu', places);
  return Math.min(availableParallelism(), ...(await Promise.all(folders.map(quotaIn))));
}

async function quotaIn({ version, path }: CgroupFolder): Promise<number> {
  const texts = files[version].map((name) => readFile(join(path, name), 'utf8').catch(() => ''));
  const [, quota, period] =
    /^(\d+) (\d+)$/.exec((await Promise.all(texts)).join('').trim().replace(/\s+/, ' ')) ?? [];
  return quota === undefined ? Number.POSITIVE_INFINITY : Math.ceil(Number(quota) / Number(period));
}
