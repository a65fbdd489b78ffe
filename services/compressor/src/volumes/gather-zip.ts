import { lastOfZip } from '@comprimemelo/contracts/volumes/part-name';
import { type VolumeSet, volumeSetOf } from '@comprimemelo/contracts/volumes/volume-sets';
import { sniffContent } from '../detect/detect-format.js';
import { readZipEnd } from '../detect/zip-end.js';
import type { LocalInput, RunningJob } from '../job/running-job.js';
import { TaskFailure } from '../job/task-failure.js';
import type { ArchiveInput } from './archive-input.js';
import { layOutParts } from './lay-out-parts.js';
import { lastNumber, missingByNumbers } from './missing-parts.js';

/** Lays the parts of a split zip beside each other; the last one, the `.zip`, opens it. */
export async function gatherZip(
  running: RunningJob,
  set: VolumeSet,
  inputs: readonly LocalInput[],
): Promise<ArchiveInput> {
  const end = set.parts.find(({ number }) => number === lastOfZip);
  const endInput = end && inputs[end.at];
  const filesBefore = endInput && (await readZipEnd(endInput.location))?.filesBefore;
  const last = lastNumber(set);
  if (filesBefore !== undefined && last > filesBefore) throw notOfIt(set, filesBefore);
  const missing = missingByNumbers(set, filesBefore ?? last);
  const { folder, files } = await layOutParts(running, { set, inputs, naming: 'set.zip' });
  return {
    name: set.name,
    at: (end ?? set.parts[0])?.at ?? 0,
    location: files[end ? files.length - 1 : 0] ?? '',
    size: set.parts.reduce((sum, { at }) => sum + (inputs[at]?.size ?? 0), 0),
    split: {
      set,
      ...(end ? { apart: { type: 'zip', folder } } : {}),
      ...(missing ? { missing } : {}),
    },
  };
}

function notOfIt(set: VolumeSet, filesBefore: number): TaskFailure {
  const other = set.nameOf(lastNumber(set));
  const parts = filesBefore === 0 ? 'is a whole archive' : `ends at ${set.nameOf(filesBefore)}`;
  const detail = `${other} is not a part of ${set.name}, which ${parts}.`;
  return new TaskFailure('volumes-conflict', { detail });
}

/** An input by itself that may be the end of a split zip, whatever its name. */
export async function gatherLoneZip(input: ArchiveInput): Promise<ArchiveInput> {
  const { type, foreign } = await sniffContent(input.location);
  if (foreign !== undefined || (type !== undefined && type !== 'zip')) return input;
  const { filesBefore = 0 } = (await readZipEnd(input.location)) ?? {};
  const named = volumeSetOf(input.name);
  const set = named?.scheme === 'zip' ? named : volumeSetOf(`${input.name}.zip`);
  const missing = set && filesBefore > 0 ? missingByNumbers(set, filesBefore) : undefined;
  if (set === undefined || missing === undefined) return input;
  return { ...input, split: { set, apart: { type: 'zip' }, missing } };
}
