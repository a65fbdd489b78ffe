import { unpackInputs } from '../extract/unpack-inputs.js';
import { createLossReport } from '../job/loss-report.js';
import type { Operation } from '../job/running-job.js';
import { makeArchive } from '../pack/make-archive.js';

/** Converts an archive to another format, keeping its entries. Several archives each get a folder with their name. */
export const convert: Operation = async (running, inputs) => {
  const report = createLossReport();
  const comments: Buffer[] = [];
  const entries = await unpackInputs(running, inputs, {
    links: true,
    report,
    progress: running.stage(10, 40),
    onComment: (comment) => comments.push(comment),
  });
  const progress = running.stage(40, 90);
  const files = await makeArchive(running, entries, {
    ...{ owned: true, report, progress },
    comment: Buffer.concat(comments),
  });
  return { files, report: report.lines() };
};
