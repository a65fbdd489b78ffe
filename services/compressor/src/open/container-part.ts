import type { RunningJob } from '../job/running-job.js';
import type { ArchivePart } from './archive-part.js';
import type { ContainerFile } from './list-container.js';
import { sevenZipPart } from './seven-zip-part.js';
import { readerOf, streamPart } from './stream-part.js';

/** A part of that type, by the engine that reads it. */
export function containerPart(
  running: RunningJob,
  container: ContainerFile,
  folder = '',
): ArchivePart {
  const reader = readerOf(container.type);
  if (reader === undefined) return sevenZipPart(running, container, folder);
  const secondReader = container.type === 'tar' ? { secondReader: container.location } : {};
  return {
    ...streamPart(running, { location: container.location, reader }, folder),
    ...secondReader,
  };
}
