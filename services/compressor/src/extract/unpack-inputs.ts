import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { LossReport } from '../job/loss-report.js';
import { type OnProgress, share } from '../job/progress.js';
import type { LocalInput, RunningJob } from '../job/running-job.js';
import { archiveBaseName } from '../open/archive-base-name.js';
import { openArchive } from '../open/open-archive.js';
import { allowedBytes } from '../safety/extraction-limits.js';
import { inputNames } from '../transfer/input-names.js';
import { checkExtracted } from './check-extracted.js';
import { readTree, type Tree, type TreeFile } from './file-tree.js';
import { createRequestedEntries, type RequestedEntries } from './requested-entries.js';
import { surveyArchive } from './survey-archive.js';

export interface UnpackedTree extends Tree {
  /** The paths of the tree are relative to it. */
  readonly folder: string;
}

export interface UnpackInputsOptions {
  /** Receives what is omitted. */
  report: LossReport;
  progress: OnProgress;
}

interface Unpacking extends UnpackInputsOptions {
  input: LocalInput;
  folder: string;
  requested: RequestedEntries | undefined;
}

/**
 * Extracts every input into one tree: a single archive at the top, several archives each in a folder with its name.
 * Each requested entry must exist in one of them. Throws a TaskFailure if an archive is unsafe, too large or damaged,
 * or an entry is missing.
 */
export async function unpackInputs(
  running: RunningJob,
  inputs: readonly LocalInput[],
  { report, progress }: UnpackInputsOptions,
): Promise<UnpackedTree> {
  const folder = join(running.directory, 'tree');
  await mkdir(folder);
  const { entries } = running.job.options;
  const requested = entries && createRequestedEntries(entries);
  const unpacking = { folder, requested, report, progress };
  const tree =
    inputs.length === 1 && inputs[0]
      ? await unpack(running, { ...unpacking, input: inputs[0] })
      : await unpackSeveral(running, inputs, unpacking);
  requested?.checkFound();
  return { folder, ...tree };
}

async function unpackSeveral(
  running: RunningJob,
  inputs: readonly LocalInput[],
  { folder, progress, ...unpacking }: Omit<Unpacking, 'input'>,
): Promise<Tree> {
  const names = inputNames(inputs.map(({ name }) => archiveBaseName(name)));
  const shares = share(progress, inputs.length);
  const tree: { files: TreeFile[]; directories: string[] } = { files: [], directories: [] };
  for (const [at, input] of inputs.entries()) {
    const name = names[at] ?? input.name;
    const own = { input, folder: join(folder, name), progress: shares[at] ?? progress };
    await mkdir(own.folder);
    const { files, directories } = await unpack(running, { ...unpacking, ...own });
    const under = { path: `${name}/`, rawPath: `${Buffer.from(name).toString('latin1')}/` };
    for (const file of files) tree.files.push(placed(file, under));
    tree.directories.push(name, ...directories.map((path) => `${name}/${path}`));
    checkExtracted(tree.files);
  }
  return tree;
}

const placed = (file: TreeFile, under: Pick<TreeFile, 'path' | 'rawPath'>): TreeFile => ({
  ...file,
  path: under.path + file.path,
  rawPath: under.rawPath + file.rawPath,
});

async function unpack(running: RunningJob, unpacking: Unpacking): Promise<Tree> {
  const { input, folder, requested, report, progress } = unpacking;
  const [opening = progress, extracting = progress] = share(progress, 2);
  const { password } = running;
  const archive = await openArchive(running, input, opening);
  let expected = 0;
  try {
    const options = { archiveBytes: input.size, requested, password, report };
    const parts = await surveyArchive(archive, options);
    const shares = share(archive.unwrapped ? extracting : progress, parts.length);
    for (const [at, { part, wanted, fileCount }] of parts.entries()) {
      const target = join(folder, part.folder);
      await mkdir(target, { recursive: true });
      await part.extractTo(target, wanted, shares[at] ?? extracting);
      expected += fileCount;
    }
  } finally {
    await archive.close();
  }
  const tree = await readTree(folder, report);
  checkExtracted(tree.files, { expected, mostBytes: allowedBytes(input.size) });
  return tree;
}
