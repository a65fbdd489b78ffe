import { join } from 'node:path';
import type { Operation } from '../job/running-job.js';
import { makeArchive } from '../pack/make-archive.js';

/** Packs the inputs into one archive under their own names. */
export const compress: Operation = async (running, inputs) => ({
  files: await makeArchive(
    running,
    {
      folder: join(running.directory, 'in'),
      files: inputs.map(({ name, size }) => ({ rawPath: rawName(name), size })),
    },
    running.stage(10, 90),
  ),
});

/** The bytes of a file's name, one character each. */
const rawName = (name: string): string => Buffer.from(name).toString('latin1');
