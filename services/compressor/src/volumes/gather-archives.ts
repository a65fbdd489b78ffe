import { formatOfName } from '@comprimemelo/contracts/formats';
import { type VolumeSet, volumeSetsOf } from '@comprimemelo/contracts/volumes/volume-sets';
import { sniffContent } from '../detect/detect-format.js';
import type { LocalInput, RunningJob } from '../job/running-job.js';
import type { ArchiveInput } from './archive-input.js';
import { gatherRar } from './gather-rar.js';
import { gatherLoneZip, gatherZip } from './gather-zip.js';
import { joinPieces } from './join-pieces.js';
import { missingByContent } from './later-pieces.js';
import { missingByNumbers, refuseTwice } from './missing-parts.js';

/**
 * The archives that the inputs of a job are: the parts of a split one are joined, or laid beside each other, whatever
 * their order. What is missing is noted where it is known, not thrown. Throws a TaskFailure `volumes-conflict` if parts do
 * not fit together.
 */
export async function gatherArchives(
  running: RunningJob,
  inputs: readonly LocalInput[],
): Promise<ArchiveInput[]> {
  const names = inputs.map(({ name, sentAs }) => sentAs ?? name);
  const sets = new Map<number, VolumeSet>();
  for (const set of volumeSetsOf(names)) {
    refuseTwice(set, names);
    if (await isSeveral(set, inputs)) continue;
    for (const { at } of set.parts) sets.set(at, set);
  }
  const begun = new Set<VolumeSet>();
  const archives: ArchiveInput[] = [];
  for (const [at, input] of inputs.entries()) {
    const set = sets.get(at);
    if (set === undefined) archives.push(await gatherLoneZip({ ...input, at }));
    else if (!begun.has(set)) archives.push(await gatherSet(running, set, inputs));
    if (set !== undefined) begun.add(set);
  }
  return archives;
}

/** True of archives that are numbered and whole each, such as `backup.001` and `backup.002`. */
async function isSeveral(set: VolumeSet, inputs: readonly LocalInput[]): Promise<boolean> {
  const isNamed = formatOfName(set.name) !== undefined;
  if (set.scheme !== 'bytes' || isNamed || set.parts.length === 1) return false;
  for (const { at } of set.parts) {
    if ((await sniffContent(inputs[at]?.location ?? '')).type === undefined) return false;
  }
  return true;
}

function gatherSet(
  running: RunningJob,
  set: VolumeSet,
  inputs: readonly LocalInput[],
): Promise<ArchiveInput> {
  if (set.scheme === 'rar') return gatherRar(running, set, inputs);
  if (set.scheme === 'zip') return gatherZip(running, set, inputs);
  return gatherPieces(running, set, inputs);
}

async function gatherPieces(
  running: RunningJob,
  set: VolumeSet,
  inputs: readonly LocalInput[],
): Promise<ArchiveInput> {
  const pieces = set.parts.map(({ at }) => inputs[at]).filter((one) => one !== undefined);
  const sizes = pieces.map(({ size }) => size);
  const whole = {
    name: set.name,
    at: set.parts[0]?.at ?? 0,
    size: sizes.reduce((sum, size) => sum + size, 0),
  };
  const gap = missingByNumbers(set);
  if (gap) return { ...whole, location: pieces[0]?.location ?? '', split: { set, missing: gap } };
  const even = sizes.every((size) => size === sizes[0]);
  const location = await joinPieces(running, pieces);
  const missing = await missingByContent({ set, location, sizes });
  return { ...whole, location, split: { set, even, ...(missing ? { missing } : {}) } };
}
