import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { formats, type ReadFormat, readFormats } from '@comprimemelo/contracts/formats';
import { extensionOf, foreignArchives } from '@comprimemelo/testing/archives/foreign-archives';
import type { Member } from '@comprimemelo/testing/archives/member';
import { freshFolder } from '@comprimemelo/testing/folders';
import pLimit from 'p-limit';
import t, { type Test } from 'tap';
import { findLauncher } from '../../src/engines/process/launcher.js';
import type { RunningJob } from '../../src/job/running-job.js';
import { TaskFailure } from '../../src/job/task-failure.js';
import { decompress } from '../../src/operations/decompress.js';
import { mutationsOfFormat } from '../fixtures/config.js';
import { mutate } from '../fixtures/mutate.js';
import { localJob } from '../fixtures/running-job.js';

const atOnce = 4;

/** What a damaged archive may be taken for. Anything else would be tried again, or be the worker's own fault. */
const problems = [
  'archive-corrupt',
  'unsupported-archive',
  'unsafe-entry',
  'archive-too-large',
  'archive-too-demanding',
  'password-required',
  'archive-unreadable-here',
  'volumes-missing',
].map((slug) => `/problems/${slug}`);

/** So little that most mutations meet a header. */
const members: readonly Member[] = [
  { path: 'only', data: Buffer.from('one two three one two three') },
  { path: 'sub', directory: true },
  { path: 'sub/second', data: Buffer.from('x') },
  { path: 'sub/empty' },
];

async function samplesOf(t: Test, format: ReadFormat): Promise<Buffer[]> {
  const fitting = formats[format].singleFile ? members.slice(0, 1) : members;
  const archives = foreignArchives.filter((one) => one.format === format);
  return Promise.all(
    archives.map(async (one) => readFile(await one.make(await freshFolder(t), fitting))),
  );
}

interface Damaged {
  name: string;
  bytes: Buffer;
}

/** Resolves with what became of it; rejects with what must not become of it. */
async function tryOut(tools: RunningJob, root: string, { name, bytes }: Damaged): Promise<string> {
  const directory = await mkdtemp(join(root, 'job-'));
  const location = join(directory, 'in', name);
  await mkdir(join(directory, 'in'));
  await writeFile(location, bytes);
  try {
    await decompress({ ...tools, directory }, [{ name, location, size: bytes.length }]);
    return 'read';
  } catch (error) {
    if (!(error instanceof TaskFailure) || !problems.includes(error.problem.type)) throw error;
    return error.problem.type;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

t.test('no mutation of an archive is more than a problem of its task', async (t) => {
  const { running } = await localJob(t, {});
  // The sandbox of files and network is not what is tried here, and takes most of the time.
  const launcher = await findLauncher(running.sevenZip.binary, ['limits']);
  const tools = { ...running, sevenZip: { ...running.sevenZip, launcher } };
  for (const [place, format] of readFormats.entries()) {
    await t.test(format, async (t) => {
      const samples = await samplesOf(t, format);
      const root = await freshFolder(t);
      const limit = pLimit(atOnce);
      const ends: Record<string, number> = {};
      const faults: string[] = [];
      const tryMutation = async (_: unknown, at: number) => {
        const seed = place * 1_000_003 + at;
        const bytes = mutate(samples[at % samples.length] ?? Buffer.alloc(0), seed);
        await tryOut(tools, root, { name: `a.${extensionOf(format)}`, bytes }).then(
          (end) => {
            ends[end] = (ends[end] ?? 0) + 1;
          },
          (error: unknown) => faults.push(`seed ${seed}: ${error}`),
        );
      };
      await limit.map(Array.from({ length: mutationsOfFormat() }), tryMutation);
      t.strictSame(faults, [], 'every end is a stated problem');
      t.strictSame(await readdir(root), [], 'no scratch is left');
      t.comment(JSON.stringify(ends));
    });
  }
});
