import { setTimeout as pause } from 'node:timers/promises';
import type { Task } from '@comprimemelo/contracts/task';
import t from 'tap';
import { type ApiClient, newClient } from '../client/api-client.js';
import { until } from '../client/until.js';
import { filesBelow, testedSystem } from '../config.js';
import { type MixedJob, mixedJobs } from './mixed-jobs.js';

const count = 500;
const people = 10;
/** Requests under way at a time: the jobs all wait in the queue together. */
const requests = 20;

/** Does the work for each item, so many at a time; the results are in their order. */
async function inTurns<Item, Result>(
  items: readonly Item[],
  work: (item: Item, at: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const rest = items.entries();
  const worker = async () => {
    for (const [at, item] of rest) results[at] = await work(item, at);
  };
  await Promise.all(Array.from({ length: requests }, worker));
  return results;
}

/** A busy service says when to ask again. */
async function create(client: ApiClient, job: MixedJob): Promise<string> {
  const response = await client.createTask(job.fields, job.inputs);
  const task = (await response.json()) as Task;
  if (response.status === 202) return task.id;
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  if (response.status !== 503 || Number.isNaN(seconds)) {
    throw new Error(`${job.what}: ${response.status} ${JSON.stringify(task)}`);
  }
  await pause(seconds * 1_000);
  return create(client, job);
}

/** How the task ended, in the words of its job. */
const endOf = ({ status, resultCount, error }: Task): MixedJob['end'] | object =>
  status === 'processed'
    ? { status, resultCount }
    : { status, problem: error?.type.split('/').pop() };

t.test('500 jobs at once, a third of them hostile, each end as they should', async (t) => {
  const system = testedSystem();
  const jobs = await mixedJobs(count);
  const clients = await Promise.all(Array.from({ length: people }, () => newClient(system.origin)));
  const clientOf = (at: number) => clients[at % people] as ApiClient;
  const ids = await inTurns(jobs, (job, at) => create(clientOf(at), job));
  const tasks = await inTurns(ids, (id, at) => clientOf(at).ended(id));
  const ends = tasks.map((task, at) => ({ what: jobs[at]?.what, end: endOf(task) }));
  t.strictSame(
    ends.filter(({ end }, at) => JSON.stringify(end) !== JSON.stringify(jobs[at]?.end)),
    [],
    'every task ended in the state that it should',
  );
  t.equal(new Set(ids).size, count);
  const pid = system.pids.compressor ?? 0;
  t.ok(process.kill(pid, 0), 'the worker is the one that was started');
  // Other test files have jobs too: once empty is enough.
  await until(async () => (await filesBelow(system.scratchDir)).length === 0);
  t.pass('no scratch is left');
});
