import { type FoundProgram, findProgram } from './process/find-program.js';
import type { Launcher } from './process/launcher.js';

/** Programs that compress better or sooner than what is always there; each may be missing. */
export interface Encoders {
  /** libdeflate-gzip, for zip and gz. In its place: zlib. */
  readonly libdeflate?: FoundProgram | undefined;
  /** lbzip2, for bz2. In its place: 7-Zip. */
  readonly lbzip2?: FoundProgram | undefined;
}

/** Of each encoder: its version, or that it is missing. */
export const versionsOf = ({ libdeflate, lbzip2 }: Encoders): Record<string, string> => ({
  libdeflate: libdeflate?.version ?? 'missing',
  lbzip2: lbzip2?.version ?? 'missing',
});

/** Finds the encoders of this machine. Throws if one of them cannot run. */
export const findEncoders = async (launcher: Launcher): Promise<Encoders> => ({
  libdeflate: await findProgram(launcher, {
    ...{ name: 'libdeflate-gzip', option: '-V' },
    version: /\bv(\d+\.\d+)/,
  }),
  lbzip2: await findProgram(launcher, {
    ...{ name: 'lbzip2', option: '--version' },
    version: /^lbzip2 version (\d+\.\d+)/,
  }),
});
