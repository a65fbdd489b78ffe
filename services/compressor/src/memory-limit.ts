import { readFile } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { dirname, join } from 'node:path';

/** Of the memory that is there; the rest is the worker's own, the page cache's and the neighbours'. */
const share = 0.6;

/**
 * Bytes of memory that this process and its children may take: the least of the machine's and of the limits of
 * its cgroups, v1 or v2, up to the top. Source: cgroups(7), proc(5).
 */
export async function memoryLimit(
  root = '/sys/fs/cgroup',
  own = '/proc/self/cgroup',
): Promise<number> {
  const lines = (await readFile(own, 'utf8').catch(() => '')).split('\n');
  const files = lines.flatMap((line) => {
    const [, controllers, path = '/'] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
    if (controllers === '') return upwards(path).map((at) => join(root, at, 'memory.max'));
    if (!controllers?.split(',').includes('memory')) return [];
    return upwards(path).map((at) => join(root, 'memory', at, 'memory.limit_in_bytes'));
  });
  const limits = await Promise.all(files.map(limitIn));
  return Math.min(totalmem(), ...limits);
}

/** Bytes of all 7-Zips together where the configuration does not say. */
export const defaultMemoryBudget = async (): Promise<number> =>
  Math.floor((await memoryLimit()) * share);

/** The path and what is above it. Inside a container the path can be the host's; the root is then its own. */
const upwards = (path: string): string[] =>
  path === '/' ? ['/'] : [path, ...upwards(dirname(path))];

async function limitIn(file: string): Promise<number> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return /^\d+$/.test(text.trim()) ? Number(text) : Number.POSITIVE_INFINITY;
}
