import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReadFormat } from '@comprimemelo/contracts/formats';
import type { Bsdtar } from '../engines/bsdtar/bsdtar.js';
import { rewriteAsTar } from '../engines/bsdtar/rewrite-as-tar.js';
import { allowedBytes } from '../job/extraction-limits.js';
import type { RunningJob } from '../job/running-job.js';
import { TaskFailure } from '../job/task-failure.js';
import type { OpenArchive } from './archive-part.js';
import { containerPart } from './container-part.js';
import { orReadFailure } from './read-failure.js';

/** Address space of libarchive in bytes, its libraries included. */
export const libarchiveMemory = 512 * 1024 * 1024;
/** A tar has a header and up to a block of padding more for each entry. */
const tarSlack = 256 * 1024 * 1024;

export interface LibarchiveFile {
  readonly location: string;
  readonly format: ReadFormat;
  /** Bytes of the original archive. */
  readonly archiveBytes: number;
}

/** libarchive of this machine. Throws a TaskFailure that names the format where there is none. */
export function needBsdtar({ bsdtar }: RunningJob, format: ReadFormat): Bsdtar {
  if (bsdtar !== undefined) return bsdtar;
  throw new TaskFailure('unsupported-archive', {
    detail: `The format ${format} is read by bsdtar, which is not installed where this task ran.`,
  });
}

/** Opens an archive that libarchive reads: it writes all of it to a tar, which is read here. */
export async function openByLibarchive(
  running: RunningJob,
  { location, format, archiveBytes }: LibarchiveFile,
): Promise<OpenArchive> {
  const bsdtar = needBsdtar(running, format);
  const { memory, signal } = running;
  const tar = join(running.directory, `archive-${randomUUID()}.tar`);
  const options = {
    signal,
    archiveBytes,
    memoryBytes: libarchiveMemory,
    mostBytes: allowedBytes(running.limits, archiveBytes) + tarSlack,
  };
  const work = () => rewriteAsTar(bsdtar, { archive: location, tar }, options);
  await memory.hold(libarchiveMemory, signal, work).catch(orReadFailure(undefined));
  return {
    format,
    parts: [containerPart(running, { location: tar, type: 'tar', archiveBytes })],
    unwrapped: true,
    close: () => rm(tar, { force: true }),
  };
}
