import { join } from 'node:path';
import { formats, parseFormat } from '@comprimemelo/contracts/formats';
import { createLossReport } from '../job/loss-report.js';
import type { LocalInput, Operation, RunningJob } from '../job/running-job.js';
import { makeArchive } from '../pack/make-archive.js';
import { foldersOfAll } from '../transfer/input-names.js';

/** Packs the inputs into one archive under their own names, within their folders. */
export const compress: Operation = async (running, inputs) => ({
  files: await makeArchive(
    running,
    {
      folder: join(running.directory, 'in'),
      files: inputs.map(({ name, size }) => ({ rawPath: rawName(name), size })),
      directories: foldersOfAll(inputs.map(({ name }) => name)),
    },
    running.stage(10, 90),
  ),
  report: lossesOf(running, inputs),
});

/** The bytes of a file's name, one character each. */
const rawName = (name: string): string => Buffer.from(name).toString('latin1');

/** A format of one file has no folders; of these gz alone has a time. */
function lossesOf({ job }: RunningJob, inputs: readonly LocalInput[]) {
  const report = createLossReport(['times', 'directories']);
  const format = parseFormat(job.format ?? '');
  if (format === undefined || !formats[format].singleFile) return [];
  for (const { name, modified } of inputs) {
    if (modified !== undefined && format !== 'gz') report.add('times', name);
  }
  for (const { path } of job.inputs) if (path !== undefined) report.add('directories', path);
  return report.lines();
}
