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
 * Makes the handler of the queues of jobs: job in, blobs and events out. Of a job that is cancelled nothing more
 * is told.
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
      // The delivery is another worker's by now: nothing may be told of it.
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

/** Tells that the task has failed, once its job has been tried as often as it is. */
export function createExhaustedHandler(
  publisher: Publisher,
): (message: ConversionMessage) => Promise<void> {
  const detail = 'The task was tried many times, and something it needs was away each time.';
  return (message) =>
    createJobEvents(publisher, message).failed(
      new TaskFailure('processing-failed', { detail }).problem,
    );
}

type DoOptions = ConversionOptions & { events: JobEvents; cancelled: AbortSignal };

/** Never ends before the job has: its 7-Zip is gone then and its scratch removed. */
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
  // The broker's confirm takes as long as its disk; meanwhile the inputs arrive.
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
