import { basename } from 'node:path';
import { formatOfName, formats } from '@comprimemelo/contracts/formats';
import { extractionLimits } from '../extraction-limits.js';
import { fileNameOf } from '../input-names.js';
import type { Operation, ResultFile } from '../running-job.js';
import { TaskFailure } from '../task-failure.js';
import { unpackInputs } from '../unpack-inputs.js';

const anyBytes = 'application/octet-stream';

const mediaTypeOf = (name: string): string => {
  const format = formatOfName(name);
  return format === undefined ? anyBytes : formats[format].mediaType;
};

/** An archive into its files, each a result with its path. */
export const decompress: Operation = async (running, inputs) => {
  const { files } = await unpackInputs(running, inputs, running.stage(10, 90));
  if (files.length > extractionLimits.results) {
    throw new TaskFailure('archive-too-large', {
      detail: `The archive holds ${files.length} files; ${extractionLimits.results} can be results of their own. Convert it instead.`,
    });
  }
  return files.map(({ path, location, size }): ResultFile => {
    const name = fileNameOf(basename(path));
    return { name, path, location, size, mediaType: mediaTypeOf(name) };
  });
};
