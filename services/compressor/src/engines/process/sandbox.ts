import { starter } from './process-groups.js';

/** Bounds on one 7-Zip process; the kernel holds them. */
export interface ProcessLimits {
  /** The longest file that it may write, in bytes: SIGXFSZ beyond. */
  fileBytes?: number;
  /** The address space that it may take, in bytes: its allocations fail beyond. */
  memoryBytes?: number;
  /** Seconds of all its threads together on a core: SIGXCPU beyond. */
  cpuSeconds?: number;
}

/** What one 7-Zip reaches of the worker's files, by absolute paths. */
export interface FileAccess {
  /** Files and folders that are there for reading. */
  reads: readonly string[];
  /** The folder that it may write to. */
  writes?: string;
}

/** A command line of 7-Zip and what it is bounded to. */
export interface Confined {
  readonly binary: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly access: FileAccess;
  readonly limits: ProcessLimits;
}

export type SandboxName = 'bwrap' | 'namespaces' | 'limits' | 'none';
type Programs = Readonly<Record<string, string>>;

/** A way to confine a process, by programs that are put in front of its command line. */
export interface Sandbox {
  readonly name: SandboxName;
  /** What has to be installed. */
  readonly programs: readonly string[];
  /** What it does, for people. */
  readonly protection: readonly string[];
  /** The whole command line; `programs` are the paths of those that are needed. */
  command(programs: Programs, confined: Confined): string[];
}

/** Seconds between the signal that 7-Zip is told by that its time is over and the one that ends it. */
const cpuGrace = 5;
/** More open files than 7-Zip has for any format. */
const openFiles = 64;
/** The user's processes and threads, all of them together: no more than a bound on a fork bomb. */
const processes = 4_096;

const prlimitArgs = ({ fileBytes, memoryBytes, cpuSeconds }: ProcessLimits): string[] => [
  '--core=0',
  `--nofile=${openFiles}`,
  `--nproc=${processes}`,
  ...(fileBytes === undefined ? [] : [`--fsize=${fileBytes}`]),
  ...(memoryBytes === undefined ? [] : [`--as=${memoryBytes}`]),
  ...(cpuSeconds === undefined ? [] : [`--cpu=${cpuSeconds}:${cpuSeconds + cpuGrace}`]),
  '--',
];

const limited = (programs: Programs, { limits }: Confined): string[] => [
  ...starter(),
  programs.prlimit ?? '',
  ...prlimitArgs(limits),
];

/** The kernel ends what it starts when the worker does, and gives it no more rights. */
const setprivArgs = ['--pdeathsig', 'KILL', '--no-new-privs', '--'];

/**
 * An own root holds the binary and what the process may reach, under the same paths; outer folders come first,
 * so that inner ones are seen. No new session is asked for: its leader has one already, and the group that is
 * killed as a whole is to hold all of them.
 */
function bwrapArgs({ binary, cwd, access }: Confined): string[] {
  const mounts = [
    ...access.reads.map((path) => ({ path, how: '--ro-bind' })),
    ...(access.writes === undefined ? [] : [{ path: access.writes, how: '--bind' }]),
  ].sort((a, b) => a.path.length - b.path.length);
  return [
    '--unshare-user',
    '--unshare-net',
    '--unshare-pid',
    '--unshare-ipc',
    '--unshare-uts',
    '--die-with-parent',
    '--cap-drop',
    'ALL',
    '--dir',
    cwd,
    '--ro-bind',
    binary,
    binary,
    ...mounts.flatMap(({ path, how }) => [how, path, path]),
    '--remount-ro',
    '/',
    '--chdir',
    cwd,
    '--',
  ];
}

/** The first process of a namespace ignores signals: it has to be another one than 7-Zip. */
const firstProcess = ['/bin/sh', '-c', '"$0" "$@"; exit $?'];

const ofTheLimits = [
  'dies with its worker',
  'no new privileges',
  'limits on memory, processor time, file size, open files and processes',
];

/** Every way, the strongest first. */
export const sandboxes: readonly Sandbox[] = [
  {
    name: 'bwrap',
    programs: ['prlimit', 'bwrap'],
    protection: ['bwrap: own user, network, processes and files', ...ofTheLimits],
    command: (programs, confined) => [
      ...limited(programs, confined),
      programs.bwrap ?? '',
      ...bwrapArgs(confined),
      confined.binary,
      ...confined.args,
    ],
  },
  {
    name: 'namespaces',
    programs: ['prlimit', 'setpriv', 'unshare'],
    protection: ['unshare: own user, network and processes; sees all files', ...ofTheLimits],
    command: (programs, confined) => [
      ...limited(programs, confined),
      programs.unshare ?? '',
      '-Urnipf',
      '--kill-child=KILL',
      '--',
      programs.setpriv ?? '',
      '--bounding-set=-all',
      '--no-new-privs',
      '--',
      ...firstProcess,
      confined.binary,
      ...confined.args,
    ],
  },
  {
    name: 'limits',
    programs: ['prlimit', 'setpriv'],
    protection: ['no namespaces', ...ofTheLimits],
    command: (programs, confined) => [
      ...limited(programs, confined),
      programs.setpriv ?? '',
      ...setprivArgs,
      confined.binary,
      ...confined.args,
    ],
  },
  {
    name: 'none',
    programs: [],
    protection: ['no sandbox', 'dies with its worker'],
    command: (_programs, { binary, args }) => [...starter(), binary, ...args],
  },
];
