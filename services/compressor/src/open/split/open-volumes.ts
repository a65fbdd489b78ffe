import { problemType } from '@comprimemelo/contracts/problems';
import { partNameOf } from '@comprimemelo/contracts/volumes/part-name';
import { volumeSetOf } from '@comprimemelo/contracts/volumes/volume-sets';
import { SevenZipError } from '../../engines/process/seven-zip-error.js';
import type { LocalInput, RunningJob } from '../../job/running-job.js';
import { TaskFailure } from '../../job/task-failure.js';
import type { PartsApart, SplitArchive } from '../../volumes/archive-input.js';
import { laterMissing } from '../../volumes/missing-parts.js';
import { type ArchivePart, type OpenArchive, prefixNote } from '../archive-part.js';
import { readBehindZip } from '../behind-zip.js';
import { containerPart } from '../container-part.js';
import { type ContainerFile, openContainer } from '../list-container.js';
import { missingVolume } from '../read-failure.js';

export interface VolumesFile extends Pick<LocalInput, 'name' | 'location' | 'size'> {
  readonly type: PartsApart['type'];
  /** Undefined of a file by itself, whose content may be a volume all the same. */
  readonly split?: SplitArchive | undefined;
}

/**
 * Opens an archive whose format knows of volumes. It is listed as far as its volumes are there; what is missing then
 * stands in its `refusal`.
 */
export async function openVolumes(running: RunningJob, file: VolumesFile): Promise<OpenArchive> {
  const { type, split, location, size } = file;
  let refusal: TaskFailure | undefined = split?.missing;
  const volumes = split?.apart?.folder;
  const container = { location, type, archiveBytes: size, volumes };
  const part = containerPart(running, container);
  const list: ArchivePart['list'] = async (take) => {
    let isFirst = true;
    try {
      await part.list((entries) => {
        if (isFirst && entries[0]?.continued) refusal ??= beginsBefore(file);
        isFirst &&= entries.length === 0;
        return take(entries);
      });
    } catch (error) {
      if (!isOfReading(error)) throw error;
      refusal ??= await missingOf(running, container, file);
      if (refusal === undefined) throw error;
    }
  };
  const { comment } = type === 'zip' ? await readBehindZip(location) : {};
  return {
    format: type === 'rar5' ? 'rar' : type,
    parts: [{ ...part, list }],
    unwrapped: false,
    ...(split?.apart?.prefixed ? { notes: [prefixNote] } : {}),
    ...(comment ? { comment } : {}),
    refusal: () => refusal,
    close: async () => undefined,
  };
}

const isOfReading = (error: unknown): boolean =>
  error instanceof TaskFailure && error.problem.type === problemType('archive-corrupt');

/** The volume that 7-Zip does not find, by its name in the set: 7-Zip names it as it was laid out. */
async function missingOf(
  running: RunningJob,
  container: ContainerFile,
  { split }: VolumesFile,
): Promise<TaskFailure | undefined> {
  try {
    await openContainer(running, container);
    return undefined;
  } catch (error) {
    if (!(error instanceof TaskFailure)) throw error;
    if (error.problem.type !== problemType('volumes-missing')) return undefined;
    const said =
      error.cause instanceof SevenZipError ? error.cause.said(missingVolume)?.[1] : undefined;
    const number = partNameOf(said ?? '')?.number;
    return split && number !== undefined ? laterMissing(split.set, number, error) : error;
  }
}

function beginsBefore({ name }: VolumesFile): TaskFailure {
  const before = volumeSetOf(name)?.name ?? name;
  return new TaskFailure('volumes-missing', {
    detail: `${name} goes on from a volume of ${before} that is missing: send all parts, in one task.`,
  });
}
