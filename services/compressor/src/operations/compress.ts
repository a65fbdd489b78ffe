import { join } from 'node:path';
import { makeArchive } from '../make-archive.js';
import type { Operation } from '../running-job.js';

/** The inputs into one archive, under their own names. */
export const compress: Operation = (running, inputs) =>
  makeArchive(
    running,
    {
      folder: join(running.directory, 'in'),
      files: inputs.map(({ name, size }) => ({ path: name, size })),
    },
    running.stage(10, 90),
  );
