import { unpackInputs } from '../extract/unpack-inputs.js';
import { createLossReport } from '../job/loss-report.js';
import type { Operation } from '../job/running-job.js';
import { makeArchive } from '../pack/make-archive.js';

/** Converts an archive to another format, keeping its entries. Several archives each get a folder with their name. */
export const convert: Operation = async (running, inputs) => {
  const report = createLossReport();
  const links = true;
  const entries = await unpackInputs(running, inputs, {
    links,
    report,
    progress: running.stage(10, 40),
  });
  const progress = running.stage(40, 90);
  const files = await makeArchive(running, entries, { owned: true, report, progress });
  return { files, report: report.lines() };
};
