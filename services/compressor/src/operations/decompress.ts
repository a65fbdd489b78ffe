import { basename } from 'node:path';
import { formatOfName, formats } from '@comprimemelo/contracts/formats';
import { unpackInputs } from '../extract/unpack-inputs.js';
import { createLossReport } from '../job/loss-report.js';
import type { Operation, ResultFile } from '../job/running-job.js';
import { fileNameOf } from '../transfer/input-names.js';

const anyBytes = 'application/octet-stream';

const mediaTypeOf = (name: string): string => {
  const format = formatOfName(name);
  return format === undefined ? anyBytes : formats[format].mediaType;
};

/** A result keeps only the content and the path of its entry. */
const losses = ['links', 'special-files'] as const;

/** Extracts archives; each file becomes a result with its path. */
export const decompress: Operation = async (running, inputs) => {
  const report = createLossReport(losses);
  const progress = running.stage(10, 90);
  const { files } = await unpackInputs(running, inputs, { report, progress });
  const results = files.map(({ path, location, size }): ResultFile => {
    const name = fileNameOf(basename(path));
    return { name, path, location, size, mediaType: mediaTypeOf(name) };
  });
  return { files: results, report: report.lines() };
};
