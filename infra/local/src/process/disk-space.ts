import { statfsSync } from 'node:fs';
import { Refusal } from './refusal.js';

const mebibyte = 1024 * 1024;
/** Two empty servers take about half of it. */
const leastFree = 1024 * mebibyte;
/** With less than this a program that starts is about to fail. */
export const almostNothing = 32 * mebibyte;

/** Refuses where the disk of this directory has too little room to begin with. */
export function checkDiskSpace(directory: string, least = leastFree): void {
  const { bavail, bsize } = statfsSync(directory);
  const free = bavail * bsize;
  if (free >= least) return;
  const [has, needs] = [Math.floor(free / mebibyte), Math.ceil(least / mebibyte)];
  throw new Refusal(
    `Not enough disk space: ${directory} has ${has} MiB free, but ${needs} MiB are required.`,
  );
}
