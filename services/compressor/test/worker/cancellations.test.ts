import t from 'tap';
import { createCancels } from '../../src/worker/cancellations.js';
import { someJob } from '../fixtures/bench.js';

const untilAborted = (signal: AbortSignal) =>
  new Promise<unknown>((resolve) => {
    signal.addEventListener('abort', () => resolve(signal.reason));
  });

t.test('aborts every run of that attempt, and no other job', async (t) => {
  const cancels = createCancels();
  const job = someJob({ attempt: 2 });
  const runs = [
    cancels.runCancellable(job, untilAborted),
    cancels.runCancellable(job, untilAborted),
  ];
  const others: AbortSignal[] = [];
  for (const other of [someJob(), { ...job, attempt: 3 }]) {
    void cancels.runCancellable(
      other,
      async (signal) => others.push(signal) && untilAborted(signal),
    );
  }
  cancels.cancel({ taskId: job.taskId, attempt: 2 });
  t.match(await Promise.all(runs), [{ name: 'JobCancelledError' }, { name: 'JobCancelledError' }]);
  t.strictSame(
    others.map(({ aborted }) => aborted),
    [false, false],
  );
});

t.test('forgets a job that has ended, however it did', async (t) => {
  const cancels = createCancels();
  const job = someJob();
  let kept: AbortSignal | undefined;
  await t.rejects(
    cancels.runCancellable(job, async (signal) => {
      kept = signal;
      throw new Error('failed');
    }),
    { message: 'failed' },
  );
  cancels.cancel(job);
  t.equal(kept?.aborted, false);
});
