import type { TaskCompleted } from '@comprimemelo/contracts/messages';
import { problems, problemType } from '@comprimemelo/contracts/problems';
import { deleteBlobs } from '@comprimemelo/storage-client/delete-blobs';
import type { TaskEventDependencies } from '../dependencies.js';
import { announceChange } from '../outgoing/announce.js';
import { applyFailed } from './apply-failed.js';
import { openRun } from './attempt.js';
import { discardRun } from './discard-run.js';
import { enterResults } from './enter-results.js';
import { BrokenManifest } from './manifest.js';
import { publishRun } from './publish-run.js';

type Trace = Record<string, string | undefined>;

/** Fails the task because the manifest of the run cannot be read. */
async function failBroken(
  event: TaskCompleted,
  error: BrokenManifest,
  dependencies: TaskEventDependencies,
  trace: Trace,
): Promise<void> {
  const { taskId, attempt } = event;
  dependencies.logger.error({ err: error, taskId, attempt }, 'a manifest cannot be read');
  const { title } = problems['processing-failed'];
  const problem = { type: problemType('processing-failed'), title };
  const detail = 'The list of results was lost.';
  const failed = { taskId, attempt, error: { ...problem, detail } };
  await applyFailed(failed, dependencies, trace, openRun(event));
  await discardRun(event, dependencies);
}

/** Publishes the results of a run if it is the first to finish this attempt of the task. */
export async function applyCompleted(
  event: TaskCompleted,
  dependencies: TaskEventDependencies,
  trace: Trace,
): Promise<void> {
  const { taskId, manifest } = event;
  try {
    const entered =
      manifest === null ? undefined : await enterResults(event, manifest, dependencies);
    const end = entered === null ? null : await publishRun(event, entered, dependencies, trace);
    if (end === null) return await discardRun(event, dependencies);
    const { ownerId, useless } = end;
    dependencies.relay.wake();
    announceChange(dependencies.publisher, { taskId, ownerId, status: 'processed', progress: 100 });
    const blobs = manifest === null ? useless : [...useless, manifest.blobKey];
    await deleteBlobs(dependencies.storage, blobs);
  } catch (error) {
    if (!(error instanceof BrokenManifest)) throw error;
    await failBroken(event, error, dependencies, trace);
  }
}
