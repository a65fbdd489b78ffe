import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { blobKey } from '@comprimemelo/contracts/blob-keys';
import type { WrittenFormat } from '@comprimemelo/contracts/formats';
import type { ConversionJob } from '@comprimemelo/contracts/messages';
import { v7 } from 'uuid';
import type { EntryTime } from '../../src/engines/entry.js';
import type { LocalInput, RunningJob } from '../../src/job/running-job.js';
import { downloadInputs } from '../../src/transfer/download-inputs.js';
import { createInputSource } from '../../src/transfer/input-source.js';
import { keptOf } from '../../src/transfer/kept.js';
import { sha256 } from '../fixtures/read-entries.js';
import type { Correct } from './check-archive.js';
import type { Held } from './held.js';
import { holdings } from './holdings.js';
import { bytesOf } from './trees/content.js';
import type { Tree, TreeFile } from './trees/tree.js';

type Upload = ConversionJob['inputs'][number];

/** Storage on the disk of the worker, which then asks it for nothing. */
const storage = {
  get: () => Promise.reject(new Error('every blob is on the disk')),
};

/** The files of a tree as uploads. Every third has no time of its own, as where a browser tells none. */
export async function uploadTree(blobRoot: string, tree: Tree): Promise<Upload[]> {
  const files = tree.filter((entry) => entry.kind === 'file');
  const uploads: Upload[] = [];
  for (const file of files) {
    const key = blobKey('uploads', v7());
    const bytes = bytesOf(file.content);
    await mkdir(dirname(join(blobRoot, key)), { recursive: true });
    await writeFile(join(blobRoot, key), bytes);
    const name = file.path.slice(file.path.lastIndexOf('/') + 1);
    const path = name === file.path ? {} : { path: file.path };
    uploads.push({ blobKey: key, name, size: bytes.length, ...path, ...modifiedOf(file) });
  }
  return uploads;
}

function modifiedOf({ time, content }: TreeFile): Pick<Upload, 'modified'> {
  if (content.seed % 3 === 0) return {};
  const milliseconds = time.seconds * 1_000 + Math.floor(time.nanoseconds / 1e6);
  return { modified: new Date(milliseconds).toISOString() };
}

/** Downloads the inputs of a job as the worker does. */
export const downloadUploads = (
  { job, directory, signal }: RunningJob,
  blobRoot: string,
): Promise<LocalInput[]> =>
  downloadInputs(job.inputs, {
    source: createInputSource({ storage, blobRoot }),
    ...{ directory, signal, report: () => undefined },
    kept: keptOf(job),
  });

/** What compress has of its inputs: their folders, and files of which nobody said the permissions. */
export function heldOfUploads(
  tree: Tree,
  uploads: readonly Upload[],
  inputs: readonly LocalInput[],
): Held[] {
  const folders = new Set<string>();
  for (const { name } of inputs) {
    for (let one = dirname(name); one !== '.'; one = dirname(one)) folders.add(one);
  }
  const sums = tree.flatMap((one) => (one.kind === 'file' ? [sha256(bytesOf(one.content))] : []));
  const unknown = { mode: undefined, target: '' };
  const directory = (path: string): Held => ({
    ...{ ...unknown, kind: 'directory', path, sha256: '', time: undefined },
  });
  const file = ({ name }: LocalInput, at: number): Held => ({
    ...{ ...unknown, kind: 'file', path: name, sha256: sums[at] ?? '' },
    time: timeOf(uploads[at]),
  });
  return [...[...folders].sort().map(directory), ...inputs.map(file)];
}

function timeOf(upload: Upload | undefined): EntryTime | undefined {
  if (upload?.modified === undefined) return undefined;
  const milliseconds = Date.parse(upload.modified);
  const seconds = Math.floor(milliseconds / 1_000);
  return { seconds, nanoseconds: (milliseconds - seconds * 1_000) * 1e6 };
}

/**
 * An archive of one file has that file's name and no folders. A file has another name where one before it is called
 * the same, even if only on some system.
 */
export const lossesOfUploads =
  (uploads: readonly Upload[], inputs: readonly LocalInput[], format: WrittenFormat): Correct =>
  ({ losses }) => {
    const { names: _, ...others } = losses;
    if (!holdings[format].tree) {
      return uploads[0]?.path === undefined ? others : { ...others, directories: 1 };
    }
    const isRenamed = ({ name }: LocalInput, at: number) =>
      name !== (uploads[at]?.path ?? uploads[at]?.name);
    const names = inputs.filter(isRenamed).length;
    return names > 0 ? { ...others, names } : others;
  };
