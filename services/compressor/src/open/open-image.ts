import { isUdf } from '../detect/udf-image.js';
import type { RunningJob } from '../job/running-job.js';
import type { OpenArchive } from './archive-part.js';
import { containerPart } from './container-part.js';
import type { ContainerFile } from './list-container.js';
import { openByLibarchive } from './open-by-libarchive.js';

/**
 * Opens an image of a disc: UDF by 7-Zip, which libarchive does not read; ISO 9660 by libarchive, which reads Rock Ridge,
 * long names and zisofs rightly. An image with both, as Windows is installed from, has its files in UDF.
 */
export async function openImage(running: RunningJob, image: ContainerFile): Promise<OpenArchive> {
  if (!(await isUdf(image.location))) return openByLibarchive(running, { ...image, format: 'iso' });
  const parts = [containerPart(running, { ...image, type: 'udf' })];
  return { format: 'iso', parts, unwrapped: false, close: async () => undefined };
}
