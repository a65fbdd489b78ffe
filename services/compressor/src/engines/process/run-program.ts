import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isClosedInput } from './closed-input.js';
import type { SevenZip } from './launcher.js';
import { forgetGroup, reaperInput } from './process-groups.js';
import type { FileAccess, ProcessLimits } from './sandbox.js';

/** Characters kept from the end of the error output, which says what went wrong. */
const keptErrors = 8_192;
/** One heap for all threads: glibc would reserve 64 MiB of address space for each. */
const env = { LC_ALL: 'C.UTF-8', TZ: 'UTC', MALLOC_ARENA_MAX: '1' };
/** A shell and bwrap report a signal that ended their child as this number plus the signal. */
const signalBase = 128;

export interface ProcessEnd {
  exitCode: number | null;
  signal: NodeJS.Signals | null;
  /** The end of the error output. */
  stderr: string;
  /** True if this worker killed the process, so it is not the cause of the failure. */
  killed: boolean;
  /** True if it was killed because of its time limit. */
  late: boolean;
}

export interface SevenZipProcess {
  /** The id of the group leader, which is the outermost sandbox program. */
  readonly pid: number | undefined;
  /** Null if the output is not a pipe. */
  readonly stdout: Readable | null;
  readonly stderr: Readable;
  /** Resolves after the output has ended. Rejects if the process could not be started. */
  readonly ended: Promise<ProcessEnd>;
  /** Resolves after all of its input has been written. Rejects with what the input threw. */
  readonly fed: Promise<void>;
  /** Kills the process group. */
  kill(): void;
}

/** Limits on one 7-Zip process; `wallSeconds` is elapsed time. */
export type TakenLimits = ProcessLimits & { wallSeconds?: number };

export interface ProcessOptions {
  cwd: string;
  /** The only files that it can access. */
  access: FileAccess;
  /** What it reads: the line that answers its password prompt, or bytes. */
  input?: { line: string } | { pieces: Readable };
  /** A file descriptor for the output, or a pipe that the caller must read. */
  output: number | 'pipe' | 'ignore';
  limits?: TakenLimits;
}

/**
 * Starts 7-Zip in the sandbox, in its own session and process group, with a minimal environment. Without `input` its
 * standard input is empty, so that a password prompt ends it.
 */
export function startSevenZip(
  { binary, launcher }: SevenZip,
  args: readonly string[],
  { cwd, access, input, output, limits = {} }: ProcessOptions,
): SevenZipProcess {
  const [program, ...rest] = launcher.command({ binary, args, cwd, access, limits });
  const child = spawn(program, rest, {
    cwd,
    env,
    detached: true,
    stdio: [input === undefined ? 'ignore' : 'pipe', output, 'pipe', reaperInput()],
  });
  const { stderr, stdout } = child;
  if (!stderr) throw new Error('7-Zip has no error output');
  if (input && 'line' in input) answer(child, input.line);
  const fed = input && 'pieces' in input ? feed(child, input.pieces) : Promise.resolve();
  return { ...supervised(child, { stdout, stderr, wallSeconds: limits.wallSeconds }), fed };
}

/** Writes all to its standard input. Where that fails it is killed, and the reason is in the promise. */
function feed({ stdin, pid }: ChildProcess, pieces: Readable): Promise<void> {
  if (!stdin) throw new Error('the program has no input');
  const fed = pipeline(pieces, stdin);
  fed.catch((error: NodeJS.ErrnoException) => {
    // It has ended by itself, and says why.
    if (isClosedInput(error)) return;
    if (pid !== undefined) killGroup(pid);
  });
  return fed;
}

/** Answers the prompt. 7-Zip may exit without reading the answer. */
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
): Omit<SevenZipProcess, 'fed'> {
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

/** The output of a process that was started with `output: 'pipe'`, which must be read at once. */
export function outputOf({ stdout }: SevenZipProcess): Readable {
  if (!stdout) throw new Error('the output of this process goes elsewhere');
  return stdout;
}

/**
 * The same, to be read by an iterator at any time, if this is called as soon as the process is started: once a process has
 * exited, Node drops what it has written to a pipe that nobody reads yet.
 */
export const keptOutputOf = (process: SevenZipProcess): Readable =>
  // With a listener of this kind the stream stays paused, whoever resumes it.
  outputOf(process).on('readable', () => undefined);

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

/** The signal that ended 7-Zip, if a process in between reports it as an exit code. */
function relayed(exitCode: number | null, signal: NodeJS.Signals | null) {
  if (exitCode === null || exitCode <= signalBase) return { exitCode, signal };
  const found = Object.entries(constants.signals).find(([, at]) => at === exitCode - signalBase);
  return found ? { exitCode: null, signal: found[0] as NodeJS.Signals } : { exitCode, signal };
}
