import { rm } from 'node:fs/promises';
import { sniffPayload } from '../detect/detect-format.js';
import { type OnProgress, share } from '../job/progress.js';
import type { RunningJob } from '../job/running-job.js';
import { TaskFailure } from '../job/task-failure.js';
import type { OpenArchive } from './archive-part.js';
import { containerPart } from './container-part.js';
import type { ContainerFile } from './list-container.js';
import { isWrapper, unwrapFile, type WrapperFile } from './unwrap-file.js';

/** Opens the payload of a package: a cpio archive, usually compressed. */
export async function openRpm(
  running: RunningJob,
  rpm: ContainerFile,
  report: OnProgress,
): Promise<OpenArchive> {
  const [first = report, second = report] = share(report, 2);
  const payload = await unwrapFile(running, { ...rpm, type: 'rpm' }, first);
  const type = await sniffPayload(payload.file);
  const cpio =
    type !== undefined && isWrapper(type)
      ? await unwrapAgain(running, { ...rpm, location: payload.file, type }, second)
      : payload.file;
  if ((await sniffPayload(cpio)) !== 'cpio') {
    throw new TaskFailure('unsupported-archive', {
      detail: 'The payload of the package is not a cpio archive.',
    });
  }
  return {
    format: 'rpm',
    parts: [containerPart(running, { ...rpm, location: cpio, type: 'cpio' })],
    unwrapped: true,
    close: () => rm(cpio, { force: true }),
  };
}

async function unwrapAgain(
  running: RunningJob,
  payload: WrapperFile,
  report: OnProgress,
): Promise<string> {
  const { file } = await unwrapFile(running, payload, report);
  await rm(payload.location, { force: true });
  return file;
}
