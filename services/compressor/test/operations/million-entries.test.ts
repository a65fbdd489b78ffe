import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { tarBytes } from '@comprimemelo/testing/archives/tar-bytes';
import t, { type Test } from 'tap';
import { inspect } from '../../src/operations/inspect.js';
import { localJob } from '../fixtures/running-job.js';

const mebibyte = 1024 * 1024;
const some = 1_000;
const header = tarBytes([{ name: 'a folder/an entry' }]).subarray(0, 512);
const headers = Buffer.concat(Array<Buffer>(some).fill(header));

/** A tar of so many thousand empty files, on the disk. */
async function writeTar(location: string, thousands: number): Promise<number> {
  const file = await open(location, 'wx');
  for (let at = 0; at < thousands; at += 1) await file.write(headers);
  await file.write(Buffer.alloc(1_024));
  const { size } = await file.stat();
  await file.close();
  return size;
}

/** Bytes by which the memory of this process has grown at most while it inspected. */
async function growth(t: Test, thousands: number): Promise<number> {
  const { running } = await localJob(t, {}, { operation: 'inspect' });
  const location = join(running.directory, 'in', 'a.tar');
  const size = await writeTar(location, thousands);
  const before = process.memoryUsage.rss();
  let peak = before;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 20);
  const { inspections = [] } = await inspect(running, [{ name: 'a.tar', location, size }]);
  clearInterval(watch);
  t.equal(inspections[0]?.summary.entries, thousands * some);
  return peak - before;
}

t.test('a million entries cost the worker no more memory than a thousand', async (t) => {
  await growth(t, 1);
  const grown = await growth(t, 1_000);
  // To keep each of them would take ten times that. What comes and goes between two marks of the heap may grow.
  t.ok(grown < 64 * mebibyte, `${Math.round(grown / mebibyte)} MiB more`);
});
