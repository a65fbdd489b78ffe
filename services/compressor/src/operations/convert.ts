import { mkdir, rename } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { formats } from '@comprimemelo/contracts/formats';
import { type UnpackedTree, unpackInputs } from '../extract/unpack-inputs.js';
import { createLossReport } from '../job/loss-report.js';
import type { Operation, RunningJob } from '../job/running-job.js';
import { reportLosses } from '../pack/format-losses.js';
import { type ArchiveContents, makeArchive, writtenFormat } from '../pack/make-archive.js';
import { fileNameOf } from '../transfer/input-names.js';

/** Converts an archive to another format, keeping its entries. Several archives each get a folder with their name. */
export const convert: Operation = async (running, inputs) => {
  const report = createLossReport();
  const tree = await unpackInputs(running, inputs, { report, progress: running.stage(10, 40) });
  const format = writtenFormat(running, tree.files.length);
  reportLosses(tree, format, report);
  const contents = formats[format].singleFile ? await singleFile(running, tree) : tree;
  const files = await makeArchive(running, contents, running.stage(40, 90));
  return { files, report: report.lines() };
};

/** gz, bz2 and xz cannot store folders, so the only file of the tree is used without its folders. */
async function singleFile(
  { directory }: RunningJob,
  { files }: UnpackedTree,
): Promise<ArchiveContents> {
  const folder = join(directory, 'single');
  await mkdir(folder);
  const moved = files.map(({ path, size, location }) => {
    const name = fileNameOf(basename(path));
    return { rawPath: Buffer.from(name).toString('latin1'), name, size, location };
  });
  for (const { name, location } of moved) await rename(location, join(folder, name));
  return { folder, files: moved };
}
