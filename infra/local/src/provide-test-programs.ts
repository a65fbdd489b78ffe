import { aptInstall } from './apt-install.js';
import { findProgram } from './find-program.js';
import type { Progress } from './progress.js';
import { Refusal } from './refusal.js';

/** What the tests read archives with beside 7-Zip and run README's lines with, by Debian's packages. */
const programs: Readonly<Record<string, string>> = {
  unzip: 'unzip',
  bsdtar: 'libarchive-tools',
  bzip2: 'bzip2',
  xz: 'xz-utils',
  curl: 'curl',
  python3: 'python3',
};

interface ProvideOptions {
  progress: Progress;
  logFile: string;
  signal?: AbortSignal | undefined;
}

/** Installs the programs that the tests need and this machine has not. Refuses where that cannot be done. */
export async function provideTestPrograms(options: ProvideOptions): Promise<void> {
  const missing = () => Object.keys(programs).filter((name) => findProgram([name]) === undefined);
  if (missing().length === 0) return;
  options.progress(`The tests need programs that are not on this machine: ${missing().join(', ')}`);
  const packages = missing().flatMap((name) => programs[name] ?? []);
  const problem = await aptInstall({ candidates: packages, choose: () => packages }, options);
  options.signal?.throwIfAborted();
  if (missing().length === 0) return;
  const reason = problem === undefined ? '' : ` (${problem})`;
  throw new Refusal(`Missing: ${missing().join(', ')}. Install ${packages.join(', ')}${reason}.`);
}
