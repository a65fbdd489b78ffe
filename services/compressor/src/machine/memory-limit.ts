import { readFile } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { type CgroupPlaces, cgroupFolders } from './cgroup-folders.js';

/** Of the memory that is there; the rest is the worker's own, the page cache's and the neighbours'. */
const share = 0.6;

const files = { 1: 'memory.limit_in_bytes', 2: 'memory.max' } as const;

/**
 * Bytes of memory that this process and its children may take: the least of the machine's and of the limits of
 * its cgroups, v1 or v2, up to the top. Source: cgroups(7), proc(5).
 */
export async function memoryLimit(places?: CgroupPlaces): Promise<number> {
  const folders = await cgroupFolders('memory', places);
  const limits = await Promise.all(
    folders.map(({ version, path }) => limitIn(join(path, files[version]))),
  );
  return Math.min(totalmem(), ...limits);
}

/** Bytes of all 7-Zips together where the configuration does not say. */
export const defaultMemoryBudget = async (): Promise<number> =>
  Math.floor((await memoryLimit()) * share);

async function limitIn(file: string): Promise<number> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return /^\d+$/.test(text.trim()) ? Number(text) : Number.POSITIVE_INFINITY;
}
