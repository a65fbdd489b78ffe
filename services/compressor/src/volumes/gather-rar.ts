import type { VolumeSet } from '@comprimemelo/contracts/volumes/volume-sets';
import { findPrefixed } from '../detect/prefixed-archive.js';
import { type RarVolume, readRarVolume } from '../detect/rar-volume.js';
import type { LocalInput, RunningJob } from '../job/running-job.js';
import { TaskFailure } from '../job/task-failure.js';
import type { ArchiveInput } from './archive-input.js';
import { layOutParts } from './lay-out-parts.js';
import { missingByNumbers } from './missing-parts.js';

/** Lays the volumes of a rar beside each other; the first of them opens it. */
export async function gatherRar(
  running: RunningJob,
  set: VolumeSet,
  inputs: readonly LocalInput[],
): Promise<ArchiveInput> {
  const at = set.parts[0]?.at ?? 0;
  const { type, newNames, isWhole, prefixed } = await volumeOf(inputs[at]);
  if (isWhole && set.parts.length > 1) throw wholeArchive(set);
  const naming = newNames ? 'set.part1.rar' : 'set.rar';
  const { folder, files } = await layOutParts(running, { set, inputs, naming });
  const missing = missingByNumbers(set);
  return {
    name: set.name,
    at,
    location: files[0] ?? '',
    size: set.parts.reduce((sum, part) => sum + (inputs[part.at]?.size ?? 0), 0),
    split: { set, apart: { type, folder, prefixed }, ...(missing ? { missing } : {}) },
  };
}

function wholeArchive({ name, parts, nameOf }: VolumeSet): TaskFailure {
  const [first, other] = parts.map(({ number }) => nameOf(number));
  const detail = `${other} is not a part of ${name}: ${first} is a whole archive.`;
  return new TaskFailure('volumes-conflict', { detail });
}

/** A self-extractor has its first volume behind a program. */
async function volumeOf(first: LocalInput | undefined): Promise<RarVolume & { prefixed: boolean }> {
  const { location = '', name = '' } = first ?? {};
  const volume = await readRarVolume(location);
  if (volume) return { ...volume, prefixed: false };
  const prefixed = await findPrefixed(location);
  const behind = prefixed && (await readRarVolume(location, prefixed.offset));
  if (behind) return { ...behind, prefixed: true };
  throw new TaskFailure('archive-corrupt', {
    detail: `${name} does not start like a rar archive.`,
  });
}
