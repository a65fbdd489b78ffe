import { readdir } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { blobKey } from '@comprimemelo/contracts/blob-keys';
import type { TaskCompleted } from '@comprimemelo/contracts/messages';
import { retryLimit } from '@comprimemelo/contracts/queues';
import { createPublisher } from '@comprimemelo/messaging/publisher';
import { seal } from '@comprimemelo/service/identity/sealed-box';
import { zipBytes } from '@comprimemelo/testing/archives/zip-bytes';
import { noise } from '@comprimemelo/testing/folders';
import t from 'tap';
import { v7 } from 'uuid';
import { createExhaustedHandler } from '../../src/worker/consume-conversion.js';
import { openBench, someJob } from '../fixtures/bench.js';
import { cuttableLine } from '../fixtures/cuttable-line.js';
import { commandOf, goneInASecond, untilWorking } from '../fixtures/programs/processes.js';
import { startWorker } from '../fixtures/worker.js';

t.test('a job becomes a stored result, told of once', async (t) => {
  const bench = await openBench(t);
  const { scratchFolder } = await startWorker(t, bench);
  const taskId = await bench.ask({ 'a.txt': noise(10_000) }, { format: 'gz', resultName: 'ä.gz' });
  const end = (await bench.endOf(taskId)) as TaskCompleted;
  t.match(end, { type: 'task.completed', attempt: 1 });
  const [result] = end.results;
  t.match(result, { name: 'ä.gz', path: 'ä.gz', mediaType: 'application/gzip' });
  t.strictSame(gunzipSync(await bench.contentOf(result?.blobKey ?? '')), noise(10_000));
  t.strictSame(
    bench.eventsOf(taskId).map(({ type }) => type),
    ['task.started', 'task.completed'],
  );
  t.strictSame(await readdir(scratchFolder), []);
});

t.test('several entries become several results', async (t) => {
  const bench = await openBench(t);
  await startWorker(t, bench);
  const zip = zipBytes([
    { name: 'd/a', data: noise(5) },
    { name: 'b', data: noise(7) },
  ]);
  const taskId = await bench.ask({ 'a.zip': zip }, { operation: 'decompress', format: null });
  const { results } = (await bench.endOf(taskId)) as TaskCompleted;
  const read = results.map(async ({ path, blobKey }) => [path, await bench.contentOf(blobKey)]);
  t.strictSame(Object.fromEntries(await Promise.all(read)), { 'd/a': noise(5), b: noise(7) });
});

t.test('bad input fails at once, its reason is told, and the worker lives on', async (t) => {
  const bench = await openBench(t);
  const { scratchFolder } = await startWorker(t, bench);
  const convert = { operation: 'convert', format: 'tar' } as const;
  for (const [contents, job, error] of [
    [{ 'a.zip': noise(100) }, convert, { type: '/problems/archive-corrupt' }],
    [
      { 'a.zip': zipBytes([{ name: '../up' }]) },
      convert,
      { type: '/problems/unsafe-entry', entry: '../up' },
    ],
    [{ a: noise(1) }, { format: 'rar' }, { type: '/problems/unsupported-format' }],
    [
      { a: noise(1) },
      { inputs: [{ blobKey: blobKey('uploads', v7()), name: 'gone', size: 1 }] },
      { type: '/problems/processing-failed', detail: 'The input gone is no longer in storage.' },
    ],
  ] as const) {
    const taskId = await bench.ask(contents, job as Parameters<typeof bench.ask>[1]);
    t.match(await bench.endOf(taskId), { type: 'task.failed', attempt: 1, error });
  }
  t.strictSame(await readdir(scratchFolder), []);
  t.match(await bench.endOf(await bench.ask({ a: noise(1) }, {})), { type: 'task.completed' });
});

t.test('while storage is away the job waits, and is done when it is back', async (t) => {
  const bench = await openBench(t);
  const { scratchFolder } = await startWorker(t, bench);
  await bench.storage.kill();
  const key = blobKey('uploads', v7());
  const job = someJob({ inputs: [{ blobKey: key, name: 'late.txt', size: 4 }] });
  const { taskId } = job;
  await bench.publish(job);
  while (bench.eventsOf(taskId).length === 0) await pause(10);
  await bench.storage.restart();
  await bench.blobs.put(key, Readable.from([Buffer.from('late')]));
  t.match(await bench.endOf(taskId), { type: 'task.completed' });
  t.strictSame(await readdir(scratchFolder), []);
});

t.test('after the last try the task has failed', async (t) => {
  const bench = await openBench(t);
  const publisher = createPublisher(bench.connection);
  t.teardown(() => publisher.close());
  const body = someJob({ attempt: 2 });
  const message = {
    body,
    messageId: undefined,
    routingKey: 'small',
    headers: {},
    trace: {},
    redelivered: false,
    retries: retryLimit,
    signal: new AbortController().signal,
  };
  await createExhaustedHandler(publisher)(message);
  t.match(await bench.endOf(body.taskId), {
    type: 'task.failed',
    attempt: 2,
    error: { type: '/problems/processing-failed' },
  });
});

t.test('progress is told while it lasts, and never falls', async (t) => {
  const bench = await openBench(t);
  await startWorker(t, bench);
  const best = { format: '7z', options: { level: 'best' } } as const;
  const taskId = await bench.ask({ noise: noise(16 * 1024 * 1024) }, best);
  await bench.endOf(taskId);
  const percents = bench
    .eventsOf(taskId)
    .flatMap((event) => (event.type === 'task.progress' ? [event.progress] : []));
  t.ok(percents.length > 1, `${percents}`);
  t.strictSame(
    percents,
    [...percents].sort((a, b) => a - b),
  );
  t.ok(percents.every((percent) => percent >= 0 && percent < 100));
});

const slow = { format: 'tar.xz', options: { level: 'best' } } as const;

t.test('a job that is cancelled ends and frees its slot, and nothing is told', async (t) => {
  const bench = await openBench(t);
  const { scratchFolder } = await startWorker(t, bench);
  const contents = { noise: noise(16 * 1024 * 1024) };
  const running = await bench.ask(contents, slow, 'large');
  const pids = await untilWorking(scratchFolder, 1);
  bench.cancel({ taskId: running, attempt: 2 });
  const waiting = await bench.ask(contents, slow, 'large');
  const next = await bench.ask({ a: noise(1) }, {}, 'large');
  t.ok(await commandOf(pids[0] ?? 0), 'another attempt is left alone');
  bench.cancel({ taskId: running, attempt: 1 });
  t.ok(await goneInASecond(scratchFolder, pids));
  const [second = 0] = await untilWorking(scratchFolder, 1);
  t.notOk(pids.includes(second));
  bench.cancel({ taskId: waiting, attempt: 1 });
  t.match(await bench.endOf(next), { type: 'task.completed' });
  for (const taskId of [running, waiting]) {
    t.notOk(bench.eventsOf(taskId).some(({ type }) => /completed|failed/.test(type)));
  }
  while ((await readdir(scratchFolder)).length > 0) await pause(10);
});

t.test('a job that is cancelled before its slot is free never begins', async (t) => {
  const bench = await openBench(t);
  const { scratchFolder } = await startWorker(t, bench);
  const contents = { noise: noise(8 * 1024 * 1024) };
  const running = await Promise.all([1, 2].map(() => bench.ask(contents, slow)));
  await untilWorking(scratchFolder, 2);
  const late = await bench.ask({ a: noise(1) }, {}, 'large');
  await pause(300);
  for (const taskId of [late, ...running]) bench.cancel({ taskId, attempt: 1 });
  const after = await bench.ask({ a: noise(1) }, {}, 'large');
  t.match(await bench.endOf(after), { type: 'task.completed' });
  t.strictSame(bench.eventsOf(late), []);
});

const sealed = (password: string, key = 's'.repeat(43)) => ({
  sealedPassword: seal(password, key).toString('base64url'),
});

t.test('a password that was sealed with another key fails the task', async (t) => {
  const bench = await openBench(t);
  await startWorker(t, bench);
  const wrong = sealed('hunter2', 'x'.repeat(43));
  t.match(await bench.endOf(await bench.ask({ a: noise(1) }, { format: '7z', ...wrong })), {
    type: 'task.failed',
    error: { type: '/problems/processing-failed', detail: /could not decrypt the password/ },
  });
  const fine = await bench.ask({ a: noise(1) }, { format: '7z', ...sealed('hunter2') });
  t.match(await bench.endOf(fine), { type: 'task.completed' });
});

t.test(
  'a delivery that is lost ends its 7-Zip and tells nothing; the next one does the job',
  async (t) => {
    const bench = await openBench(t);
    const line = await cuttableLine(t, bench.broker.url);
    const { scratchFolder } = await startWorker(t, bench, {}, line.url);
    const best = { format: '7z', options: { level: 'best' } } as const;
    const taskId = await bench.ask({ noise: noise(4 * 1024 * 1024) }, best);
    const [lost] = await untilWorking(scratchFolder, 1);
    line.cut();
    while (await commandOf(lost ?? 0)) await pause(10);
    t.match(await bench.endOf(taskId), { type: 'task.completed' });
    const types = bench.eventsOf(taskId).map(({ type }) => type);
    t.equal(types.filter((type) => type === 'task.completed').length, 1);
    t.equal(types.filter((type) => type === 'task.failed').length, 0);
    t.strictSame(await readdir(scratchFolder), []);
  },
);
