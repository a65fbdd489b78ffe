import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { noise } from '@comprimemelo/testing/folders';
import t, { type Test } from 'tap';
import type { UnpackedEntry } from '../../src/extract/unpacked-entry.js';
import { createLossReport } from '../../src/job/loss-report.js';
import type { ResultFile } from '../../src/job/running-job.js';
import { makeArchive } from '../../src/pack/make-archive.js';
import { readWithLibarchive } from '../fixtures/programs/other-readers.js';
import { sevenZipsIn } from '../fixtures/programs/processes.js';
import { localJob } from '../fixtures/running-job.js';

const runs = 60;
const contents = { noise: noise(1_500_000) };
const formats = ['zip', '7z', 'tar.xz', 'tar.gz'] as const;
type Format = (typeof formats)[number];

/** False where none runs, or no longer. */
function killOne([pid]: readonly number[]): boolean {
  try {
    return pid !== undefined && process.kill(pid, 'SIGKILL');
  } catch {
    return false;
  }
}

/** Packs and verifies, and kills a 7-Zip after so many milliseconds, or the next one that runs. */
async function make(t: Test, format: Format, killAfter = Number.POSITIVE_INFINITY) {
  const { running, inputs } = await localJob(t, contents, { format });
  const { directory } = running;
  const entries = inputs.map(
    ({ name, size, location }): UnpackedEntry => ({
      ...{ kind: 'file', path: name, size, location },
      ...{ mode: undefined, modified: undefined },
    }),
  );
  const report = createLossReport();
  const begun = performance.now();
  const job = { ended: false };
  const making = makeArchive(running, entries, { owned: false, report, progress: () => undefined })
    .then(
      ([result]) => result,
      (error: Error) => error,
    )
    .finally(() => {
      job.ended = true;
    });
  const isDue = () => performance.now() - begun >= killAfter;
  while (!job.ended && !(isDue() && killOne(await sevenZipsIn(directory)))) await pause(1);
  return { directory, made: await making, milliseconds: performance.now() - begun };
}

async function isWhole({ location }: ResultFile, directory: string, format: Format) {
  const options = { format, folder: join(directory, 'read'), name: '' };
  const read = await readWithLibarchive(String(location), options);
  return read.noise?.equals(contents.noise) ?? false;
}

t.test('a 7-Zip that is killed at any moment leaves no result that is not whole', async (t) => {
  const counts = { killed: 0, whole: 0 };
  for (const format of formats) {
    const { milliseconds } = await make(t, format);
    for (let run = 0; run < runs / formats.length; run += 1) {
      const killAfter = Math.random() * milliseconds;
      const { made, directory } = await make(t, format, killAfter);
      const at = `${format}, after ${killAfter} ms`;
      if (made instanceof Error) {
        counts.killed += 1;
        t.match(made, { name: 'SevenZipError', transient: true }, at);
      } else {
        counts.whole += 1;
        t.ok(made && (await isWhole(made, directory, format)), at);
      }
      await rm(directory, { recursive: true });
    }
  }
  t.ok(counts.killed > runs / 4, `${counts.killed} were killed, ${counts.whole} ended before`);
});
