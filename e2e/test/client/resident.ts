import { readFile } from 'node:fs/promises';
import { testedSystem } from '../config.js';

/** Resident memory of every service in bytes. */
export async function resident(): Promise<Record<string, number>> {
  const entries = Object.entries(testedSystem().pids).map(async ([name, pid]) => {
    const status = await readFile(`/proc/${pid}/status`, 'utf8');
    return [name, Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) * 1_024] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}
