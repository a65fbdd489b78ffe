import { closeSync, fstatSync, openSync, readSync, renameSync, statSync } from 'node:fs';

const tailBytes = 16 * 1024;
const rotateBytes = 16 * 1024 * 1024;

/** The size of a log, in bytes; 0 where there is none. */
export const logSize = (file: string): number =>
  statSync(file, { throwIfNoEntry: false })?.size ?? 0;

/** Puts a log that has grown large aside, over the one that was put aside before. */
export function rotateLog(file: string): void {
  if (logSize(file) > rotateBytes) renameSync(file, `${file}.1`);
}

/** A log's last lines, of what was written behind `from`. A JSON line is shown by its message. */
export function lastLines(file: string, count: number, from = 0): string[] {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'r');
  } catch {
    return [];
  }
  try {
    const { size } = fstatSync(descriptor);
    const start = Math.max(from, size - tailBytes);
    const buffer = Buffer.alloc(Math.max(0, size - start));
    readSync(descriptor, buffer, 0, buffer.length, start);
    const lines = buffer.toString('utf8').split('\n').map(plainLine);
    return lines.filter((line) => line !== '').slice(-count);
  } finally {
    closeSync(descriptor);
  }
}

function plainLine(line: string): string {
  if (!line.startsWith('{')) return line.trim();
  try {
    const { msg, err } = JSON.parse(line) as { msg?: string; err?: { message?: string } };
    return [msg, err?.message].filter((part) => part !== undefined).join(': ');
  } catch {
    return line.trim();
  }
}
