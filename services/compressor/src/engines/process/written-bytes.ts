import { readFile } from 'node:fs/promises';
import type { SevenZipProcess } from './run-program.js';

/** Milliseconds between two checks. */
const interval = 100;
/** Bytes allowed besides files, for progress output. */
const slack = 1024 * 1024;

const read = (file: string) => readFile(file, 'latin1').catch(() => '');

/** All descendants of the process. Source: proc(5). */
async function descendants(pid: number): Promise<number[]> {
  const children = await read(`/proc/${pid}/task/${pid}/children`);
  const pids = children.split(' ').filter(Boolean).map(Number);
  return [pid, ...(await Promise.all(pids.map(descendants))).flat()];
}

/** Bytes that the process and its descendants have written so far; 0 if the kernel does not report it. */
async function writtenBytes(pid: number): Promise<number> {
  const counters = await Promise.all(
    (await descendants(pid)).map((one) => read(`/proc/${one}/io`)),
  );
  const written = counters.map((text) => Number(/^wchar: (\d+)$/m.exec(text)?.[1] ?? 0));
  return written.reduce((sum, bytes) => sum + bytes, 0);
}

export interface Watch {
  /** True once the process was killed for exceeding the limit. */
  readonly exceeded: boolean;
}

/** Kills the process when it has written more than `most` bytes in total. */
export function limitWrittenBytes(process: SevenZipProcess, most: number): Watch {
  const watch = { exceeded: false };
  const { pid } = process;
  if (pid === undefined) return watch;
  const timer = setInterval(async () => {
    const written = await writtenBytes(pid);
    if (written <= most + slack) return;
    watch.exceeded = true;
    process.kill();
  }, interval);
  const stop = () => clearInterval(timer);
  process.ended.then(stop, stop);
  return watch;
}
