import { readFile } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { type CgroupPlaces, cgroupFolders } from './cgroup-folders.js';

/** Share of the memory; the rest is for the worker itself, the page cache and other processes. */
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

/** Default memory for all 7-Zip processes together, in bytes. */
export const defaultMemoryBudget = async (): Promise<number> =>
  Math.floor((await memoryLimit()) * share);

async function limitIn(file: string): Promise<number> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return /^\d+$/.test(text.trim()) ? Number(text) : Number.POSITIVE_INFINITY;
}
