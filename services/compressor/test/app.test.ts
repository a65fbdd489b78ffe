import { setTimeout as pause } from 'node:timers/promises';
import { noise } from '@comprimemelo/testing/folders';
import t from 'tap';
import { buildApp } from '../src/app.js';
import { openBench } from './fixtures/bench.js';
import { untilWorking } from './fixtures/programs/processes.js';
import { startWorker } from './fixtures/worker.js';

const slow = { format: 'tar.xz', options: { level: 'best' } } as const;

t.test('readiness names the broker, storage and the protection of 7-Zip', async (t) => {
  const bench = await openBench(t);
  const { dependencies } = await startWorker(t, bench);
  const storageReady = () => {
    throw new Error('away');
  };
  const app = await buildApp({ ...dependencies, storageReady });
  t.teardown(() => app.close());
  const answer = await app.inject('/readyz');
  t.equal(answer.statusCode, 503);
  t.match(answer.json(), {
    checks: {
      broker: 'ok',
      storage: 'failed: away',
      sevenZip:
        /^ok: 26\.\d\d, own process group, bwrap: own user, network.*, dies with its worker/,
      sandbox: 'ok: bwrap',
    },
  });
});

t.test('a small job passes large ones, however many wait', async (t) => {
  const bench = await openBench(t);
  const { scratchFolder } = await startWorker(t, bench, { concurrency: 1 });
  const contents = { noise: noise(4 * 1024 * 1024) };
  const large = await Promise.all([1, 2, 3].map(() => bench.ask(contents, slow, 'large')));
  await untilWorking(scratchFolder, 1);
  const small = await bench.ask({ a: noise(10) }, {});
  t.match(await bench.endOf(small), { type: 'task.completed' });
  const begun = large.filter((taskId) => bench.eventsOf(taskId).length > 0);
  t.equal(begun.length, 1);
  for (const taskId of begun) {
    t.notOk(bench.eventsOf(taskId).some(({ type }) => type === 'task.completed'));
  }
});

t.test('close waits for what runs and takes nothing new', async (t) => {
  const bench = await openBench(t);
  const worker = await startWorker(t, bench);
  const running = await bench.ask({ noise: noise(4 * 1024 * 1024) }, { ...slow });
  await untilWorking(worker.scratchFolder, 1);
  const closed = worker.close();
  const late = await bench.ask({ a: noise(1) }, {});
  await closed;
  t.match(await bench.endOf(running), { type: 'task.completed' });
  await pause(300);
  t.strictSame(bench.eventsOf(late), []);
});
