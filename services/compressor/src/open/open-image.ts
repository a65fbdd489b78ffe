import { stat } from 'node:fs/promises';
import { isUdf } from '../detect/udf-image.js';
import type { RunningJob } from '../job/running-job.js';
import type { OpenArchive } from './archive-part.js';
import { containerPart } from './container-part.js';
import type { ContainerFile } from './list-container.js';
import { openByLibarchive } from './open-by-libarchive.js';

/** Less than eight descriptors behind the 32 KiB that are left to others: libarchive takes such an image for an empty tar. */
const leastForLibarchive = 49_152;

/**
 * Opens an image of a disc: UDF by 7-Zip, which libarchive does not read; ISO 9660 by libarchive, which reads Rock Ridge,
 * long names and zisofs rightly. An image with both, as Windows is installed from, has its files in UDF.
 */
export async function openImage(running: RunningJob, image: ContainerFile): Promise<OpenArchive> {
  const type = (await isUdf(image.location)) ? 'udf' : 'iso';
  if (type === 'iso' && (await stat(image.location)).size >= leastForLibarchive) {
    return openByLibarchive(running, { ...image, format: 'iso' });
  }
  const parts = [containerPart(running, { ...image, type })];
  return { format: 'iso', parts, unwrapped: false, close: async () => undefined };
}
