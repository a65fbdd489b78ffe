import { stat } from 'node:fs/promises';
import type { Loss } from '@comprimemelo/contracts/archive';
import { formats, parseFormat } from '@comprimemelo/contracts/formats';
import type { EntryTime } from '../engines/entry.js';
import type { UnpackedDirectory, UnpackedFile } from '../extract/unpacked-entry.js';
import { createLossReport, type LossReport } from '../job/loss-report.js';
import type { LocalInput, Operation, RunningJob } from '../job/running-job.js';
import { makeArchive } from '../pack/make-archive.js';
import { foldersOfAll } from '../transfer/input-names.js';
import { keptOf } from '../transfer/kept.js';

/** Packs the inputs into one archive under their own names, within their folders. */
export const compress: Operation = async (running, inputs) => {
  const report = createLossReport(lossesOf(running, inputs));
  reportFolders(running, report);
  reportNames(running, inputs, report);
  const folders = foldersOfAll(inputs.map(({ name }) => name)).map(directoryOf);
  const entries = [...folders, ...(await Promise.all(inputs.map(entryOf)))];
  const progress = running.stage(10, 90);
  const files = await makeArchive(running, entries, { owned: false, report, progress });
  return { files, report: report.lines() };
};

/**
 * What an upload has and the result may not. A time that nobody gave is no loss, nor the name of the file in a format of
 * one file: there the archive has it.
 */
const lossesOf = (running: RunningJob, inputs: readonly LocalInput[]): Loss[] => [
  ...(inputs.some(({ modified }) => modified !== undefined) ? (['times'] as const) : []),
  ...(isSingle(running) ? [] : (['names'] as const)),
  'directories',
];

function isSingle({ job }: RunningJob): boolean {
  const format = parseFormat(job.format ?? '');
  return format !== undefined && formats[format].singleFile;
}

function reportFolders(running: RunningJob, report: LossReport): void {
  if (!isSingle(running)) return;
  for (const { path } of running.job.inputs) {
    if (path !== undefined) report.add('directories', path);
  }
}

/** Reports the inputs that are not packed under the names that they were sent with. */
function reportNames({ job }: RunningJob, inputs: readonly LocalInput[], report: LossReport): void {
  const { paths } = keptOf(job);
  for (const [at, { path, name }] of job.inputs.entries()) {
    const sent = paths ? (path ?? name) : name;
    if (inputs[at] !== undefined && inputs[at].name !== sent) {
      report.add(
        'names',
        sent,
        'Names were changed: they were no names, or others were called the same but for case.',
      );
    }
  }
}

const directoryOf = (path: string): UnpackedDirectory => ({
  kind: 'directory',
  path,
  mode: undefined,
  modified: undefined,
});

async function entryOf({ name, location, size, modified }: LocalInput): Promise<UnpackedFile> {
  const time = modified ? timeOf(modified.getTime()) : await uploadTime(location);
  return { kind: 'file', path: name, mode: undefined, modified: time, size, location };
}

/** Without a time of its own, a file has that of its arrival, in whole seconds. */
async function uploadTime(location: string): Promise<EntryTime> {
  return timeOf(Math.floor((await stat(location)).mtimeMs / 1_000) * 1_000);
}

const timeOf = (milliseconds: number): EntryTime => {
  const seconds = Math.floor(milliseconds / 1_000);
  return { seconds, nanoseconds: (milliseconds - seconds * 1_000) * 1e6 };
};
