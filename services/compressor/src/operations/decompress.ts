import { basename } from 'node:path';
import { formatOfName, formats } from '@comprimemelo/contracts/formats';
import { unpackInputs } from '../extract/unpack-inputs.js';
import type { UnpackedFile } from '../extract/unpacked-entry.js';
import { createLossReport } from '../job/loss-report.js';
import type { Operation, ResultFile } from '../job/running-job.js';
import { fileNameOf } from '../transfer/input-names.js';

const anyBytes = 'application/octet-stream';

const mediaTypeOf = (name: string): string => {
  const format = formatOfName(name);
  return format === undefined ? anyBytes : formats[format].mediaType;
};

/** A result keeps only the content and the path of its entry. */
const losses = ['links', 'special-files', 'names', 'other-data'] as const;

/** Extracts archives; each file becomes a result with its path. */
export const decompress: Operation = async (running, inputs) => {
  const report = createLossReport(losses);
  const progress = running.stage(10, 90);
  const entries = await unpackInputs(running, inputs, { links: false, report, progress });
  const files = entries.filter((entry) => entry.kind === 'file').map(resultOf);
  return { files, report: report.lines() };
};

function resultOf({ path, rawPath, location, size }: UnpackedFile): ResultFile {
  const name = fileNameOf(basename(path));
  const raw = rawPath === undefined ? {} : { rawPath };
  return { name, path, ...raw, location, size, mediaType: mediaTypeOf(name) };
}
