import { stat } from 'node:fs/promises';
import type { UnpackedFile } from '../extract/unpacked-entry.js';
import { createLossReport } from '../job/loss-report.js';
import type { LocalInput, Operation } from '../job/running-job.js';
import { makeArchive } from '../pack/make-archive.js';

/** Packs the inputs into one archive under their own names. */
export const compress: Operation = async (running, inputs) => {
  const report = createLossReport([]);
  const progress = running.stage(10, 90);
  const entries = await Promise.all(inputs.map(entryOf));
  return { files: await makeArchive(running, entries, { owned: false, report, progress }) };
};

async function entryOf({ name, location, size }: LocalInput): Promise<UnpackedFile> {
  const { mtimeMs } = await stat(location);
  const seconds = Math.floor(mtimeMs / 1_000);
  const modified = { seconds, nanoseconds: 0 };
  return { kind: 'file', path: name, mode: undefined, modified, size, location };
}
