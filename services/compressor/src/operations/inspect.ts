import { join } from 'node:path';
import { parseNameEncoding } from '@comprimemelo/contracts/name-encodings';
import { inspectArchive } from '../extract/inspect-archive.js';
import { type OnProgress, share } from '../job/progress.js';
import type { LocalInput, LocalInspection, Operation, RunningJob } from '../job/running-job.js';
import { openArchive } from '../open/open-archive.js';

/** Lists each archive, dangerous or not, and extracts nothing. */
export const inspect: Operation = async (running, inputs) => {
  const progress = running.stage(10, 90);
  const shares = share(progress, inputs.length);
  const inspections: LocalInspection[] = [];
  for (const [at, input] of inputs.entries()) {
    inspections.push(await inspectInput(running, { ...input, at }, shares[at] ?? progress));
  }
  return { files: [], inspections };
};

async function inspectInput(
  running: RunningJob,
  input: LocalInput & { at: number },
  report: OnProgress,
): Promise<LocalInspection> {
  const [opening = report, listing = report] = share(report, 2);
  const archive = await openArchive(running, input, opening);
  const location = join(running.directory, `entries-${input.at}.ndjson`);
  try {
    const summary = await inspectArchive(archive, {
      archiveBytes: input.size,
      limits: running.limits,
      hasPassword: running.password !== undefined,
      nameEncoding: parseNameEncoding(running.job.options.nameEncoding ?? 'auto'),
      location,
      progress: listing,
    });
    return { input: input.at, location, summary };
  } finally {
    await archive.close();
  }
}
