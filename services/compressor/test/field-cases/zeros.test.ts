import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import type { LocalInput } from '../../src/job/running-job.js';
import { compress } from '../../src/operations/compress.js';
import { decompress } from '../../src/operations/decompress.js';
import { inspect } from '../../src/operations/inspect.js';
import { watchChildrenMemory } from '../fixtures/programs/children-memory.js';
import { localJob } from '../fixtures/running-job.js';

const size = 200 * 1024 ** 2;
/** What all programs together may have in memory at most: less than the content. */
const mostMemory = 150 * 1024 ** 2;

/** A file of zeros that takes no room on the disk. */
async function zerosIn(folder: string): Promise<LocalInput> {
  const location = join(folder, 'zeros');
  await writeFile(location, '');
  await truncate(location, size);
  return { name: 'zeros', location, size };
}

async function isZeros(location: string): Promise<boolean> {
  const [found, whole] = [createHash('sha256'), createHash('sha256')];
  for await (const piece of createReadStream(location)) {
    found.update(piece as Buffer);
    whole.update(Buffer.alloc((piece as Buffer).length));
  }
  return found.digest('hex') === whole.digest('hex') && (await stat(location)).size === size;
}

/** The archive as the input of a job of its own. */
async function jobOn(t: Test, archive: LocalInput) {
  const { running } = await localJob(t, {});
  return { running, inputs: [archive] };
}

for (const format of ['gz', 'zip'] as const) {
  t.test(`200 MiB of zeros go to ${format} and come out again`, async (t) => {
    const { running } = await localJob(t, {}, { format, options: { level: 'fastest' } });
    const zeros = await zerosIn(join(running.directory, 'in'));
    const [made] = (await compress(running, [zeros])).files;
    if (!made) throw new Error('there is no result');
    t.ok(size / made.size > 200, `${Math.round(size / made.size)} to 1`);
    const archive = { name: `zeros.${format}`, location: `${made.location}`, size: made.size };

    const watch = watchChildrenMemory();
    const job = await jobOn(t, archive);
    const { files, report } = await decompress(job.running, job.inputs);
    watch.stop();
    t.strictSame(report, []);
    t.match(files, [{ path: 'zeros', size }]);
    t.ok(await isZeros(`${files[0]?.location}`), 'every byte is there');
    t.ok(watch.peak < mostMemory, `${watch.peak} bytes of memory`);

    const other = await jobOn(t, archive);
    const { inspections = [] } = await inspect(other.running, other.inputs);
    t.match(inspections, [{ summary: { refused: null, entries: 1 } }]);
  });
}
