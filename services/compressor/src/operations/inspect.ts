import { openArchive } from '../open-archive.js';
import { share } from '../progress.js';
import type { Operation } from '../running-job.js';

/** Lists each archive and extracts nothing. Completes without results where each can be read. */
export const inspect: Operation = async (running, inputs) => {
  const reports = share(running.stage(10, 90), inputs.length);
  for (const [at, input] of inputs.entries()) {
    const archive = await openArchive(running, input, reports[at] ?? running.stage(10, 90));
    await archive.close();
  }
  return [];
};
