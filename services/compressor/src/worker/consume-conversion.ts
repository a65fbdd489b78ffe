import type { ConversionJob } from '@comprimemelo/contracts/messages';
import type { Message, Outcome } from '@comprimemelo/messaging/message';
import type { Publisher } from '@comprimemelo/messaging/publisher';
import type { Logger } from '@comprimemelo/service/process/logger';
import { createProgress } from '../job/progress.js';
import type { Workshop } from '../job/running-job.js';
import { TaskFailure } from '../job/task-failure.js';
import { createJobEvents, type JobEvents } from './job-events.js';
import { runJob } from './run-job.js';
import type { Scratch } from './scratch.js';

export interface ConversionOptions extends Workshop {
  readonly scratch: Scratch;
  readonly publisher: Publisher;
  readonly logger: Logger;
}

export type ConversionMessage = Message<ConversionJob>;

/**
 * Creates the handler of the job queues: a job comes in, blobs and events go out. A cancelled job sends no further
 * events.
 */
export function createConversionHandler(
  options: ConversionOptions,
): (message: ConversionMessage, cancelled: AbortSignal) => Promise<Outcome> {
  return async (message, cancelled) => {
    const { body: job, trace } = message;
    const { taskId, attempt, operation, format } = job;
    const logger = options.logger.child({ taskId, attempt, operation, format, ...trace });
    const events = createJobEvents(options.publisher, message);
    const begun = performance.now();
    try {
      await doJob(message, { ...options, events, cancelled });
      logger.info({ ms: Math.round(performance.now() - begun) }, 'job done');
      return 'done';
    } catch (error) {
      // Another worker has the delivery now, so this one must not send events about it.
      if (message.signal.aborted) return 'retry';
      if (cancelled.aborted) {
        logger.info('job cancelled');
        return 'done';
      }
      if (!(error instanceof TaskFailure)) throw error;
      logger.info({ err: error, problem: error.problem.type }, 'job failed');
      await events.failed(error.problem);
      return 'done';
    }
  };
}

/** Reports the task as failed when its job has used up its retries. */
export function createExhaustedHandler(
  publisher: Publisher,
): (message: ConversionMessage) => Promise<void> {
  const detail = 'Something that the task needs was unavailable, even after many retries.';
  return (message) =>
    createJobEvents(publisher, message).failed(
      new TaskFailure('processing-failed', { detail }).problem,
    );
}

type DoOptions = ConversionOptions & { events: JobEvents; cancelled: AbortSignal };

/** Resolves only after the job has ended, its 7-Zip has exited and its scratch directory is removed. */
async function doJob(
  { body: job, signal: lost }: ConversionMessage,
  { scratch, events, cancelled, ...workshop }: DoOptions,
): Promise<void> {
  const signal = AbortSignal.any([lost, cancelled]);
  signal.throwIfAborted();
  const progress = createProgress(events.progress);
  const notAnnounced = new AbortController();
  const run = (directory: string) =>
    runJob(workshop, {
      job,
      directory,
      stage: progress.stage,
      signal: AbortSignal.any([signal, notAnnounced.signal]),
    });
  // Download the inputs while the broker confirms, which takes as long as a disk sync.
  const started = events.started().catch((error: unknown) => {
    notAnnounced.abort(error);
    throw error;
  });
  const [ran, told] = await Promise.allSettled([scratch.use(run), started]);
  progress.stop();
  signal.throwIfAborted();
  if (told.status === 'rejected') throw told.reason;
  if (ran.status === 'rejected') throw ran.reason;
  await events.completed(ran.value);
}
