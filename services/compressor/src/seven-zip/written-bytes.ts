import { readFile } from 'node:fs/promises';
import type { SevenZipProcess } from './process.js';

/** Milliseconds between two looks. */
const interval = 100;
/** Bytes that it may write beside files: its percents. */
const slack = 1024 * 1024;

/** What the process has written so far, in bytes; undefined where the kernel does not say. Source: proc(5). */
async function writtenBytes(pid: number): Promise<number | undefined> {
  const counters = await readFile(`/proc/${pid}/io`, 'latin1').catch(() => '');
  const written = /^wchar: (\d+)$/m.exec(counters)?.[1];
  return written === undefined ? undefined : Number(written);
}

export interface Watch {
  /** True once the process was killed for it. */
  readonly exceeded: boolean;
}

/** Kills the process as soon as it has written more than that many bytes, in however many files. */
export function limitWrittenBytes(process: SevenZipProcess, most: number): Watch {
  const watch = { exceeded: false };
  const { pid } = process;
  if (pid === undefined) return watch;
  const timer = setInterval(async () => {
    const written = await writtenBytes(pid);
    if (written === undefined || written <= most + slack) return;
    watch.exceeded = true;
    process.kill();
  }, interval);
  const stop = () => clearInterval(timer);
  process.ended.then(stop, stop);
  return watch;
}
