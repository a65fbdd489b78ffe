import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { archiveBaseName } from './archive-base-name.js';
import { checkExtracted, checkListing } from './check-listing.js';
import { readTree, type TreeFile } from './file-tree.js';
import { inputNames } from './input-names.js';
import { openArchive } from './open-archive.js';
import { type Report, share } from './progress.js';
import type { LocalInput, RunningJob } from './running-job.js';

export interface UnpackedTree {
  readonly folder: string;
  /** Their paths are relative to the folder. */
  readonly files: readonly TreeFile[];
}

/**
 * Unpacks every input into one tree: a single archive at its top, several each in a folder of its name.
 * Throws a TaskFailure where an archive is unsafe, too large or damaged.
 */
export async function unpackInputs(
  running: RunningJob,
  inputs: readonly LocalInput[],
  report: Report,
): Promise<UnpackedTree> {
  const folder = join(running.directory, 'tree');
  await mkdir(folder);
  if (inputs.length === 1 && inputs[0]) {
    return { folder, files: await unpack(running, { input: inputs[0], folder }, report) };
  }
  const names = inputNames(inputs.map(({ name }) => archiveBaseName(name)));
  const reports = share(report, inputs.length);
  const files: TreeFile[] = [];
  for (const [at, input] of inputs.entries()) {
    const name = names[at] ?? input.name;
    const own = join(folder, name);
    await mkdir(own);
    const unpacked = await unpack(running, { input, folder: own }, reports[at] ?? report);
    for (const file of unpacked) files.push({ ...file, path: `${name}/${file.path}` });
    checkExtracted(files);
  }
  return { folder, files };
}

async function unpack(
  running: RunningJob,
  { input, folder }: { input: LocalInput; folder: string },
  report: Report,
): Promise<TreeFile[]> {
  const archive = await openArchive(running, input, report);
  try {
    checkListing(archive.entries, input.size);
    await archive.extractTo(folder);
  } finally {
    await archive.close();
  }
  const files = await readTree(folder);
  checkExtracted(files, archive.entries);
  return files;
}
