import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import type { ProcessLimits } from './launcher.js';
import type { SevenZip } from './seven-zip.js';

/** Characters of the error output that are kept: its end says what went wrong. */
const keptErrors = 8_192;

export interface ProcessEnd {
  exitCode: number | null;
  signal: NodeJS.Signals | null;
  /** The end of the error output. */
  stderr: string;
  /** True where this worker killed it: it is not the one that failed. */
  killed: boolean;
}

export interface SevenZipProcess {
  readonly pid: number | undefined;
  /** Null where the output went elsewhere. */
  readonly stdout: Readable | null;
  readonly stderr: Readable;
  /** Never before its output has ended. Rejects where it could not be started. */
  readonly ended: Promise<ProcessEnd>;
  /** Kills the process group. */
  kill(): void;
}

export interface ProcessOptions {
  cwd: string;
  /** The process whose output it reads. */
  input?: SevenZipProcess;
  /** A file descriptor that takes the output, or a pipe that the caller must read. */
  output: number | 'pipe' | 'ignore';
  limits?: ProcessLimits;
}

/**
 * Starts 7-Zip in a process group of its own with an empty environment. Its standard input is empty, so
 * that a question (for a password) ends it.
 */
export function startSevenZip(
  { binary, launcher }: SevenZip,
  args: readonly string[],
  { cwd, input, output, limits = {} }: ProcessOptions,
): SevenZipProcess {
  const [program, ...rest] = launcher.command(binary, args, limits);
  const child = spawn(program, rest, {
    cwd,
    env: { LC_ALL: 'C.UTF-8' },
    detached: true,
    stdio: [input?.stdout ?? 'ignore', output, 'pipe'],
  });
  const { stderr, stdout } = child;
  if (!stderr) throw new Error('7-Zip has no error output');
  // The reader alone holds the pipe's end now: the writer notices when the reader dies.
  input?.stdout?.destroy();
  let killed = false;
  return {
    pid: child.pid,
    stdout,
    stderr,
    ended: endOf(child, stderr, () => killed),
    kill() {
      if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
      killed = true;
      killGroup(child.pid);
    },
  };
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
  wasKilled: () => boolean,
): Promise<ProcessEnd> {
  let stderr = '';
  errors.on('data', (piece: Buffer) => {
    stderr = (stderr + piece.toString()).slice(-keptErrors);
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode, signal) =>
      resolve({ exitCode, signal, stderr, killed: wasKilled() }),
    );
  });
}
