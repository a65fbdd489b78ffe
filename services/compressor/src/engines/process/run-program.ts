import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import type { Readable } from 'node:stream';
import type { SevenZip } from './launcher.js';
import { forgetGroup, reaperInput } from './process-groups.js';
import type { FileAccess, ProcessLimits } from './sandbox.js';

/** Characters of the error output that are kept: its end says what went wrong. */
const keptErrors = 8_192;
/** One heap for all threads: glibc would reserve 64 MiB of address space for each. */
const env = { LC_ALL: 'C.UTF-8', TZ: 'UTC', MALLOC_ARENA_MAX: '1' };
/** A shell and bwrap say by an exit code above this one that a signal has ended what they started. */
const signalBase = 128;

export interface ProcessEnd {
  exitCode: number | null;
  signal: NodeJS.Signals | null;
  /** The end of the error output. */
  stderr: string;
  /** True where this worker killed it: it is not the one that failed. */
  killed: boolean;
  /** True where it was killed because its time was over. */
  late: boolean;
}

export interface SevenZipProcess {
  /** Of the group's leader, which is what confines 7-Zip. */
  readonly pid: number | undefined;
  /** Null where the output went elsewhere. */
  readonly stdout: Readable | null;
  readonly stderr: Readable;
  /** Never before its output has ended. Rejects where it could not be started. */
  readonly ended: Promise<ProcessEnd>;
  /** Kills the process group. */
  kill(): void;
}

/** Bounds on one 7-Zip; `wallSeconds` is the time from start to end. */
export type TakenLimits = ProcessLimits & { wallSeconds?: number };

export interface ProcessOptions {
  cwd: string;
  /** The files that it can reach; it can reach no others. */
  access: FileAccess;
  /** The process whose output it reads, or the line that answers its question for a password. */
  input?: SevenZipProcess | { line: string };
  /** A file descriptor that takes the output, or a pipe that the caller must read. */
  output: number | 'pipe' | 'ignore';
  limits?: TakenLimits;
}

/**
 * Starts 7-Zip confined, in a session and a process group of its own, with an empty environment. Its standard
 * input is empty where none is given, so that a question (for a password) ends it.
 */
export function startSevenZip(
  { binary, launcher }: SevenZip,
  args: readonly string[],
  { cwd, access, input, output, limits = {} }: ProcessOptions,
): SevenZipProcess {
  const [program, ...rest] = launcher.command({ binary, args, cwd, access, limits });
  const writer = input && 'ended' in input ? input : undefined;
  const line = input && 'line' in input ? input.line : undefined;
  const source = writer?.stdout ?? 'ignore';
  const child = spawn(program, rest, {
    cwd,
    env,
    detached: true,
    stdio: [line === undefined ? source : 'pipe', output, 'pipe', reaperInput()],
  });
  const { stderr, stdout } = child;
  if (!stderr) throw new Error('7-Zip has no error output');
  // The reader alone holds the pipe's end now: the writer notices when the reader dies.
  writer?.stdout?.destroy();
  if (line !== undefined) answer(child, line);
  return supervised(child, { stdout, stderr, wallSeconds: limits.wallSeconds });
}

/** 7-Zip may end without a question. */
function answer({ stdin }: ChildProcess, line: string): void {
  stdin?.on('error', () => undefined);
  stdin?.end(`${line}\n`);
}

function supervised(
  child: ChildProcess,
  {
    stdout,
    stderr,
    wallSeconds,
  }: { stdout: Readable | null; stderr: Readable; wallSeconds: number | undefined },
): SevenZipProcess {
  const why = { killed: false, late: false };
  const kill = () => {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    why.killed = true;
    killGroup(child.pid);
  };
  const ended = endOf(child, stderr)
    .finally(() => child.pid === undefined || forgetGroup(child.pid))
    .then((end) => ({ ...end, ...why }));
  if (wallSeconds !== undefined) {
    const timer = setTimeout(() => {
      kill();
      why.late = why.killed;
    }, wallSeconds * 1_000);
    const stop = () => clearTimeout(timer);
    ended.then(stop, stop);
  }
  return { pid: child.pid, stdout, stderr, ended, kill };
}

/** The output of a process that was started with `output: 'pipe'`. */
export function outputOf({ stdout }: SevenZipProcess): Readable {
  if (!stdout) throw new Error('the output of this process goes elsewhere');
  return stdout;
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function endOf(
  child: ChildProcess,
  errors: Readable,
): Promise<Pick<ProcessEnd, 'exitCode' | 'signal' | 'stderr'>> {
  let stderr = '';
  errors.on('data', (piece: Buffer) => {
    stderr = (stderr + piece.toString()).slice(-keptErrors);
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ ...relayed(code, signal), stderr }));
  });
}

/** What 7-Zip ended by, where a process between it and the worker says so by an exit code. */
function relayed(exitCode: number | null, signal: NodeJS.Signals | null) {
  if (exitCode === null || exitCode <= signalBase) return { exitCode, signal };
  const found = Object.entries(constants.signals).find(([, at]) => at === exitCode - signalBase);
  return found ? { exitCode: null, signal: found[0] as NodeJS.Signals } : { exitCode, signal };
}
