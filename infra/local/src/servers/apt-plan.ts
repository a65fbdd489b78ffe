import type { ServerName } from './server-programs.js';

/** Debian's and Ubuntu's packages for each server: the first alternative that apt knows in full is taken. */
const alternatives: Record<ServerName, readonly (readonly string[])[]> = {
  database: [['mariadb-server-core', 'mariadb-client-core'], ['mariadb-server']],
  broker: [['rabbitmq-server']],
  proxy: [['nginx'], ['nginx-light']],
};

/**
 * What the compressor uses beside 7-Zip, by Debian's package: its sandbox, and libarchive. A system runs without them, with
 * less protection and fewer formats.
 */
export const workerPrograms: Readonly<Record<string, string>> = {
  bwrap: 'bubblewrap',
  bsdtar: 'libarchive-tools',
  'libdeflate-gzip': 'libdeflate-tools',
  lbzip2: 'lbzip2',
};

/** Every package that a plan may name. */
export const candidatePackages: readonly string[] = [
  ...Object.values(alternatives).flat(2),
  ...Object.values(workerPrograms),
];

/** What is known of the machine before anything is installed. */
export interface AptFacts {
  hasAptGet: boolean;
  isRoot: boolean;
  /** `sudo -n` works. */
  hasSudo: boolean;
}

/** The words before a command that is to run as root; undefined where apt-get cannot be used. */
export function rootPrefix({
  hasAptGet,
  isRoot,
  hasSudo,
}: AptFacts): readonly string[] | undefined {
  if (!hasAptGet) return undefined;
  if (isRoot) return [];
  return hasSudo ? ['sudo', '-n'] : undefined;
}

/**
 * The packages for the servers that are missing, and those of the wished ones that apt knows; undefined where a
 * server cannot be had, and where nothing can.
 */
export function choosePackages(
  missing: readonly ServerName[],
  known: ReadonlySet<string>,
  wished: readonly string[] = [],
): string[] | undefined {
  const chosen = missing.map((name) =>
    alternatives[name].find((packages) => packages.every((one) => known.has(one))),
  );
  if (!chosen.every((packages) => packages !== undefined)) return undefined;
  const packages = [...chosen.flat(), ...wished.filter((one) => known.has(one))];
  return packages.length === 0 ? undefined : packages;
}

/** The packages that `apt-cache policy` has a candidate for. */
export function readPolicy(output: string): Set<string> {
  const known = new Set<string>();
  let current = '';
  for (const line of output.split('\n')) {
    const name = /^(\S+):$/.exec(line)?.[1];
    if (name !== undefined) current = name;
    else if (/^ {2}Candidate: (?!\(none\))/.test(line)) known.add(current);
  }
  return known;
}
