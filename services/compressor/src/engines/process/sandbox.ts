import { starter } from './process-groups.js';

/** Limits on one 7-Zip process, enforced by the kernel. */
export interface ProcessLimits {
  /** Maximum size of a file that it writes, in bytes; SIGXFSZ beyond. */
  fileBytes?: number;
  /** Maximum address space in bytes; allocations fail beyond. */
  memoryBytes?: number;
  /** Maximum CPU time of all threads together, in seconds; SIGXCPU beyond. */
  cpuSeconds?: number;
}

/** The files of the worker that one 7-Zip process can access, as absolute paths. */
export interface FileAccess {
  /** Files and folders that it can read. */
  reads: readonly string[];
  /** The folder that it can write to. */
  writes?: string;
}

/** A 7-Zip command line and its restrictions. */
export interface Confined {
  readonly binary: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly access: FileAccess;
  readonly limits: ProcessLimits;
}

export type SandboxName = 'bwrap' | 'namespaces' | 'limits' | 'none';
type Programs = Readonly<Record<string, string>>;

/** A way to confine a process by prefixing its command line with other programs. */
export interface Sandbox {
  readonly name: SandboxName;
  /** Programs that must be installed. */
  readonly programs: readonly string[];
  /** Description of its protections, for people. */
  readonly protection: readonly string[];
  /** The complete command line; `programs` holds the paths of the required programs. */
  command(programs: Programs, confined: Confined): string[];
}

/** Seconds between SIGXCPU and SIGKILL. */
const cpuGrace = 5;
/** Maximum open files; more than 7-Zip needs for any format. */
const openFiles = 64;
/** Maximum processes and threads of the user in total, only to stop a fork bomb. */
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

/** The process is killed when its parent dies, and cannot gain privileges. */
const setprivArgs = ['--pdeathsig', 'KILL', '--no-new-privs', '--'];

/**
 * A separate root contains only the binary and the accessible files, under the same paths. Outer folders are mounted
 * first, so that inner ones stay visible. No new session is requested: the leader already has one, and all processes
 * must stay in the group that is killed as a whole.
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

/** The first process of a PID namespace ignores signals, so it must not be 7-Zip itself. */
const firstProcess = ['/bin/sh', '-c', '"$0" "$@"; exit $?'];

const ofTheLimits = [
  'dies with its worker',
  'no new privileges',
  'limits on memory, processor time, file size, open files and processes',
];

/** All sandboxes, the strongest first. */
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
