import { missingPrograms } from '../process/find-program.js';
import type { Progress } from '../process/progress.js';
import { Refusal } from '../process/refusal.js';
import { aptInstall } from '../servers/apt-install.js';
import { workerPrograms } from '../servers/apt-plan.js';

/** What the tests make and read archives with beside 7-Zip and run shell lines with, by Debian's packages. */
const programs: Readonly<Record<string, string>> = {
  ...workerPrograms,
  zip: 'zip',
  unzip: 'unzip',
  bzip2: 'bzip2',
  xz: 'xz-utils',
  zstd: 'zstd',
  cpio: 'cpio',
  arj: 'arj',
  gcab: 'gcab',
  genisoimage: 'genisoimage',
  lha: 'lhasa',
  curl: 'curl',
  openssl: 'openssl',
  python3: 'python3',
  jq: 'jq',
  shellcheck: 'shellcheck',
};

/** Without them some tests are skipped, and say so: 115 MB to fetch, and Ubuntu has it as a snap alone. */
const optional: Readonly<Record<string, string>> = { chromium: 'chromium' };

interface ProvideOptions {
  progress: Progress;
  logFile: string;
  signal?: AbortSignal | undefined;
}

interface Outcome {
  /** Programs that are still not there. */
  missing: string[];
  /** What kept them away. */
  problem?: string | undefined;
}

async function install(
  wanted: Readonly<Record<string, string>>,
  options: ProvideOptions,
): Promise<Outcome> {
  const missing = () => Object.keys(missingPrograms(wanted));
  if (missing().length === 0) return { missing: [] };
  options.progress(`The tests use programs that are not on this machine: ${missing().join(', ')}`);
  const packages = Object.values(missingPrograms(wanted));
  const problem = await aptInstall({ candidates: packages, choose: () => packages }, options);
  options.signal?.throwIfAborted();
  return { missing: missing(), problem };
}

/** Installs the programs that the tests need and this machine has not. Refuses where that cannot be done. */
export async function provideTestPrograms(options: ProvideOptions): Promise<void> {
  const { missing, problem } = await install(programs, options);
  if (missing.length > 0) {
    const packages = missing.map((name) => programs[name]).join(', ');
    const reason = problem === undefined ? '' : ` (${problem})`;
    throw new Refusal(`Missing: ${missing.join(', ')}. Install ${packages}${reason}.`);
  }
  const without = await install(optional, options);
  if (without.missing.length > 0) {
    options.progress(`Skipping the tests that require ${without.missing.join(', ')}`);
  }
}
