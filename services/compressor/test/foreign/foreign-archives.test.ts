import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { formats } from '@comprimemelo/contracts/formats';
import type { ConversionJob, TaskCompleted } from '@comprimemelo/contracts/messages';
import {
  type ForeignArchive,
  foreignArchives,
  unreadableLosses,
} from '@comprimemelo/testing/archives/foreign-archives';
import { memberTime } from '@comprimemelo/testing/archives/member';
import { freshFolder } from '@comprimemelo/testing/folders';
import { runProgram } from '@comprimemelo/testing/programs/run-program';
import t, { type Test } from 'tap';
import { type Bench, openBench } from '../fixtures/bench.js';
import { readUnpacked, type UnpackedEntry } from '../fixtures/unpacked-tree.js';
import { startWorker } from '../fixtures/worker.js';

type Tree = Record<string, Partial<UnpackedEntry>>;

async function done(bench: Bench, archive: string, job: Partial<ConversionJob>) {
  const taskId = await bench.ask({ [basename(archive)]: await readFile(archive) }, job);
  const end = await bench.endOf(taskId);
  if (end.type !== 'task.completed') throw new Error(JSON.stringify(end));
  return end;
}

/** The files that decompress makes of it. */
async function decompressed(bench: Bench, archive: string): Promise<Tree> {
  const { results } = await done(bench, archive, { operation: 'decompress', format: null });
  const read = results.map(
    async ({ path, blobKey }) => [path, { data: await bench.contentOf(blobKey) }] as const,
  );
  return Object.fromEntries(await Promise.all(read));
}

async function unpackTar(t: Test, bench: Bench, { results }: TaskCompleted): Promise<Tree> {
  const folder = await freshFolder(t);
  const tar = join(folder, 'a.tar');
  await writeFile(tar, await bench.contentOf(results[0]?.blobKey ?? ''));
  await mkdir(join(folder, 'tree'));
  await runProgram(join(folder, 'tree'), 'tar', ['--delay-directory-restore', '-xf', tar]);
  return readUnpacked(join(folder, 'tree'));
}

const filesOf = (tree: Record<string, UnpackedEntry>): Tree =>
  Object.fromEntries(
    Object.entries(tree).flatMap(([path, { data }]) => (data === null ? [] : [[path, { data }]])),
  );

/** What cannot be compared. */
function missingOf(foreign: ForeignArchive): readonly string[] {
  // lha sets no times.
  if (foreign.forgets || foreign.format === 'lzh') return ['executable', 'modified'];
  const lost: Record<string, string> = { modes: 'executable', times: 'modified' };
  return unreadableLosses(foreign).map((loss) => lost[loss] ?? '');
}

/** The tree without what one of the two ways does not tell. */
function comparable(tree: Tree, foreign: ForeignArchive): Tree {
  const left = missingOf(foreign);
  const entries = Object.entries(tree).map(([path, entry]) => {
    // Most programs put files into a directory after they have set its time.
    const own = entry.data === null ? [...left, 'modified'] : left;
    const told = Object.entries(entry).filter(([key]) => !own.some((one) => one === key));
    return [path, Object.fromEntries(told)] as const;
  });
  return Object.fromEntries(entries);
}

t.test('what other programs packed comes out as they would unpack it', async (t) => {
  const bench = await openBench(t);
  await startWorker(t, bench);
  for (const foreign of foreignArchives) {
    await t.test(`${foreign.format} by ${foreign.name}`, async (t) => {
      const folder = await freshFolder(t);
      const archive = await foreign.make(folder);
      await mkdir(join(folder, 'own'));
      await foreign.unpack(archive, join(folder, 'own'));
      const own = await readUnpacked(join(folder, 'own'));
      t.ok(Object.keys(own).length >= foreign.members.length, 'the program itself reads it');
      t.strictSame(await decompressed(bench, archive), filesOf(own), 'decompressed');
      if (formats[foreign.format].singleFile) return;
      const end = await done(bench, archive, { operation: 'convert', format: 'tar' });
      t.strictSame(
        end.report.map(({ lost }) => lost),
        unreadableLosses(foreign),
        'what may be lost is reported',
      );
      const converted = await unpackTar(t, bench, end);
      t.strictSame(comparable(converted, foreign), comparable(own, foreign), 'converted');
      for (const { path, directory } of foreign.members) {
        if (directory) t.equal(converted[path]?.modified, memberTime, `${path} has its time`);
      }
    });
  }
});
