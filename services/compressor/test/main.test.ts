import { once } from 'node:events';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { formats, writtenFormats } from '@comprimemelo/contracts/formats';
import type { TaskCompleted } from '@comprimemelo/contracts/messages';
import { awkwardNames } from '@comprimemelo/testing/archives/awkward-names';
import { type Contents, freshFolder, noise } from '@comprimemelo/testing/folders';
import t from 'tap';
import { type Bench, openBench } from './fixtures/bench.js';
import { readWithLibarchive } from './fixtures/programs/other-readers.js';
import { goneInASecond, untilWorking } from './fixtures/programs/processes.js';
import { runService, startService } from './fixtures/programs/service-process.js';

const one: Contents = { 'one file.bin': noise(1_000_000) };
const three: Contents = { ...one, empty: Buffer.alloc(0), '-ä "x" 漢': Buffer.from('1') };
const slow = { format: 'tar.xz', options: { level: 'best' } } as const;

async function resultOf(bench: Bench, taskId: string) {
  const end = (await bench.endOf(taskId)) as TaskCompleted;
  const [result] = end.results;
  if (!result) throw new Error('there is no result');
  return { result, bytes: await bench.contentOf(result.blobKey) };
}

t.test('every format, one input and three, comes back byte by byte', async (t) => {
  const bench = await openBench(t);
  const service = await startService(t, bench, { VERIFY: 'full' });
  for (const format of writtenFormats) {
    const { singleFile, mediaType } = formats[format];
    for (const contents of singleFile ? [one] : [one, three]) {
      const resultName = `result.${format}`;
      const taskId = await bench.ask(contents, { format, resultName });
      const { result, bytes } = await resultOf(bench, taskId);
      t.match(result, { name: resultName, size: bytes.length, mediaType });
      const folder = await freshFolder(t);
      const archive = join(folder, resultName);
      await writeFile(archive, bytes);
      const options = { format, folder: join(folder, 'read'), name: 'one file.bin' };
      t.strictSame(await readWithLibarchive(archive, options), contents, format);
    }
  }
  t.strictSame(await readdir(service.scratchFolder), []);
});

t.test(
  'a hundred jobs at once, with names of every kind, each end in their own result',
  async (t) => {
    const bench = await openBench(t);
    const service = await startService(t, bench);
    const names = Array.from(
      { length: 100 },
      (_, at) => awkwardNames[at % awkwardNames.length] ?? '',
    );
    const asked = names.map(async (name, at) => {
      const contents = { [name]: noise(1_000, at) };
      const taskId = await bench.ask(contents, { format: 'tar' }, at % 2 ? 'small' : 'large');
      return { taskId, contents };
    });
    for (const { taskId, contents } of await Promise.all(asked)) {
      const { bytes } = await resultOf(bench, taskId);
      const [[, content] = []] = Object.entries(contents);
      t.ok(content && bytes.includes(content), taskId);
      t.equal(bench.eventsOf(taskId).filter(({ type }) => type === 'task.completed').length, 1);
    }
    t.strictSame(await readdir(service.scratchFolder), []);
  },
);

t.test(
  'killed in the middle of a job: nothing lives on, and the next worker does it once',
  async (t) => {
    const bench = await openBench(t);
    const first = await startService(t, bench);
    const taskId = await bench.ask({ noise: noise(2 * 1024 * 1024) }, slow);
    await untilWorking(first.scratchFolder, 1);
    await first.end('SIGKILL');
    t.ok(await goneInASecond(first.scratchFolder));
    t.not((await readdir(first.scratchFolder)).length, 0);

    const second = await startService(t, bench, { SCRATCH_DIR: first.scratchFolder });
    const { result } = await resultOf(bench, taskId);
    t.equal(result.name, 'archive.tar.xz');
    const types = bench.eventsOf(taskId).map(({ type }) => type);
    t.equal(types.filter((type) => type === 'task.completed').length, 1);
    t.strictSame(await readdir(first.scratchFolder), []);
    t.equal(await second.end('SIGTERM'), 0);
  },
);

t.test('asked to end, it finishes what runs and then is gone', async (t) => {
  const bench = await openBench(t);
  const service = await startService(t, bench);
  const taskId = await bench.ask({ noise: noise(1024 * 1024) }, slow);
  await untilWorking(service.scratchFolder, 1);
  t.equal(await service.end('SIGTERM'), 0);
  t.match(await bench.endOf(taskId), { type: 'task.completed' });
  t.strictSame(await readdir(service.scratchFolder), []);
});

t.test('readiness follows the broker and storage', async (t) => {
  const bench = await openBench(t);
  const { url } = await startService(t, bench);
  const ready = async () => (await fetch(`${url}/readyz`)).status;
  while ((await ready()) !== 200) await new Promise((resolve) => setImmediate(resolve));
  await bench.storage.kill();
  t.equal(await ready(), 503);
  await bench.storage.restart();
  t.equal(await ready(), 200);
});

t.test('what is missing from the environment is named, and it does not start', async (t) => {
  const { child, lines } = runService({ PORT: '0' });
  const [code] = await once(child, 'close');
  t.equal(code, 1);
  t.match(lines.join('\n'), /AMQP_URL is missing.*STORAGE_URL is missing.*SCRATCH_DIR is missing/);
});
