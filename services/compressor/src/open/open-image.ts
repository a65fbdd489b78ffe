import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isUdf } from '../detect/udf-image.js';
import { rewriteAsTar } from '../engines/bsdtar/rewrite-as-tar.js';
import type { RunningJob } from '../job/running-job.js';
import { TaskFailure } from '../job/task-failure.js';
import { allowedBytes } from '../safety/extraction-limits.js';
import type { OpenArchive } from './archive-part.js';
import { type ContainerFile, containerPart } from './container-part.js';
import { orReadFailure } from './read-failure.js';

/** Address space of libarchive for an image, its libraries included. */
const memoryBytes = 512 * 1024 * 1024;
/** A tar has a header and up to a block of padding more for each entry. */
const tarSlack = 256 * 1024 * 1024;

/**
 * Opens an image of a disc: UDF by 7-Zip, which libarchive does not read; ISO 9660 by libarchive, which reads Rock Ridge,
 * long names and zisofs rightly. An image with both, as Windows is installed from, has its files in UDF.
 */
export async function openImage(running: RunningJob, image: ContainerFile): Promise<OpenArchive> {
  const base = { format: 'iso', close: async () => undefined } as const;
  if (await isUdf(image.location)) {
    const parts = [containerPart(running, { ...image, type: 'udf' })];
    return { ...base, parts, unwrapped: false };
  }
  const tar = join(running.directory, `image-${randomUUID()}.tar`);
  await rewrite(running, image, tar);
  return {
    ...base,
    parts: [containerPart(running, { ...image, location: tar, type: 'tar' })],
    unwrapped: true,
    close: () => rm(tar, { force: true }),
  };
}

async function rewrite(running: RunningJob, image: ContainerFile, tar: string): Promise<void> {
  const { bsdtar, memory, signal } = running;
  if (bsdtar === undefined) {
    throw new TaskFailure('unsupported-archive', {
      detail: 'ISO 9660 images are read by bsdtar, which is not installed where this task ran.',
    });
  }
  const { location: archive, archiveBytes } = image;
  const options = { signal, memoryBytes, mostBytes: allowedBytes(archiveBytes) + tarSlack };
  const work = () => rewriteAsTar(bsdtar, { archive, tar }, options);
  await memory.hold(memoryBytes, signal, work).catch(orReadFailure(undefined));
}
