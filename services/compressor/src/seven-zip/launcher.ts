import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Bounds on one 7-Zip process; the kernel holds them. */
export interface ProcessLimits {
  /** The longest file that it may write, in bytes: SIGXFSZ beyond. */
  fileBytes?: number;
  /** The address space that it may take, in bytes: its allocations fail beyond. */
  memoryBytes?: number;
}

/** Puts the programs that bound a process in front of its command line. */
export interface Launcher {
  /** What is in force, for people: it is logged at start and shown by /readyz. */
  readonly protection: readonly string[];
  command(binary: string, args: readonly string[], limits: ProcessLimits): [string, ...string[]];
}

const programFolders = ['/usr/bin', '/bin', '/usr/local/bin'];

/** The kernel kills 7-Zip when the worker ends, however that ends, and gives it no more rights. */
const setprivArgs = ['--pdeathsig', 'KILL', '--no-new-privs'];

const prlimitArgs = ({ fileBytes, memoryBytes }: ProcessLimits): string[] => [
  '--core=0',
  '--nofile=64',
  ...(fileBytes === undefined ? [] : [`--fsize=${fileBytes}`]),
  ...(memoryBytes === undefined ? [] : [`--as=${memoryBytes}`]),
  '--',
];

/** The program's path where it is installed and takes these arguments; busybox has lesser ones. */
async function findProgram(name: string, args: string[], binary: string) {
  const path = programFolders.map((folder) => `${folder}/${name}`).find(existsSync);
  if (!path) return undefined;
  return run(path, [...args, binary]).then(
    () => path,
    () => undefined,
  );
}

/**
 * Finds util-linux's setpriv and prlimit and tries each of them on the binary. Where one is missing the
 * process group is all that is left: it is killed as a whole, but only by a worker that lives.
 */
export async function findLauncher(binary: string): Promise<Launcher> {
  const [prlimit, setpriv] = await Promise.all([
    findProgram('prlimit', prlimitArgs({}), binary),
    findProgram('setpriv', setprivArgs, binary),
  ]);
  return {
    protection: [
      'own process group',
      ...(setpriv ? ['dies with its worker', 'no new privileges'] : []),
      ...(prlimit ? ['limits on memory, file size and open files'] : []),
    ],
    command(binary, args, limits) {
      const line = [
        ...(prlimit ? [prlimit, ...prlimitArgs(limits)] : []),
        ...(setpriv ? [setpriv, ...setprivArgs] : []),
      ];
      const [first, ...rest] = [...line, binary];
      return [first ?? binary, ...rest, ...args];
    },
  };
}
