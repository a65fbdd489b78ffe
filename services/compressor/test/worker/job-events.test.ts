import { setTimeout as pause } from 'node:timers/promises';
import type { PublishedResult } from '@comprimemelo/contracts/messages';
import { createPublisher } from '@comprimemelo/messaging/publisher';
import t from 'tap';
import { v7 } from 'uuid';
import { TaskFailure } from '../../src/job/task-failure.js';
import { createJobEvents } from '../../src/worker/job-events.js';
import { openBench, someJob } from '../fixtures/bench.js';

t.test('tells of the job and its attempt, each event as its contract has it', async (t) => {
  const bench = await openBench(t);
  const publisher = createPublisher(bench.connection);
  t.teardown(() => publisher.close());
  const body = someJob({ attempt: 3 });
  const { taskId } = body;
  const trace = { 'x-request-id': 'r' };
  const events = createJobEvents(publisher, { body, trace });
  const result: PublishedResult = {
    id: v7(),
    name: 'a.zip',
    path: 'a.zip',
    size: 1,
    mediaType: 'application/zip',
    blobKey: `results/00/${v7()}`,
    sha256: '0'.repeat(64),
  };
  const { problem } = new TaskFailure('archive-corrupt', { detail: 'Why.' });
  const outcome = { results: [result], manifest: null, report: [], inspections: [] };
  await events.started();
  events.progress(5);
  await events.completed(outcome);
  await events.failed(problem);
  while (bench.eventsOf(taskId).length < 4) await pause(10);
  const told = bench.eventsOf(taskId).find(({ type }) => type === 'task.completed');
  const runId = told?.type === 'task.completed' ? told.runId : '';
  t.match(runId, /^[0-9a-f-]{36}$/);
  t.strictSame(
    bench.eventsOf(taskId).sort((a, b) => a.type.localeCompare(b.type)),
    [
      {
        taskId,
        attempt: 3,
        type: 'task.completed',
        runId,
        ...outcome,
      },
      { taskId, attempt: 3, type: 'task.failed', error: problem },
      { taskId, attempt: 3, type: 'task.progress', progress: 5 },
      { taskId, attempt: 3, type: 'task.started' },
    ],
  );
});
