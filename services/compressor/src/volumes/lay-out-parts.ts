import { randomUUID } from 'node:crypto';
import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { type VolumeSet, volumeSetOf } from '@comprimemelo/contracts/volumes/volume-sets';
import type { LocalInput, RunningJob } from '../job/running-job.js';

/** How 7-Zip finds the other parts, by the name that a first one has. */
export type Naming = 'set.part1.rar' | 'set.rar' | 'set.zip';

export interface PartsLaidOut {
  readonly folder: string;
  /** The parts in the order of the set. */
  readonly files: readonly string[];
}

/** Moves the parts into a folder of their own, under names by which 7-Zip finds each from the others. */
export async function layOutParts(
  { directory }: RunningJob,
  { set, inputs, naming }: { set: VolumeSet; inputs: readonly LocalInput[]; naming: Naming },
): Promise<PartsLaidOut> {
  const folder = join(directory, `volumes-${randomUUID()}`);
  await mkdir(folder);
  const names = volumeSetOf(naming);
  const files: string[] = [];
  for (const { at, number } of set.parts) {
    const file = join(folder, names?.nameOf(number) ?? '');
    await rename(inputs[at]?.location ?? '', file);
    files.push(file);
  }
  return { folder, files };
}
