import { spawn } from 'node:child_process';

export interface CommandResult {
  /** Null where a signal ended it; undefined where it could not be run at all. */
  code: number | null | undefined;
  /** Standard output and error together. */
  output: string;
}

interface CommandOptions {
  env?: Readonly<Record<string, string>>;
  cwd?: string;
  /** Milliseconds; then it is killed. */
  timeout?: number;
  /** Stops the command; the result still comes when it has ended. */
  signal?: AbortSignal | undefined;
  /**
   * True where it runs others that must end with it: it gets a process group of its own. Not for what runs
   * by sudo, which only the terminal can interrupt.
   */
  group?: boolean;
  /** Given all output as it comes. */
  onOutput?: (text: string) => void;
}

/** Runs a command to its end, without input. Never rejects: an absent command has no code. */
export function runCommand(
  command: string,
  args: readonly string[],
  { onOutput, signal, group = false, ...options }: CommandOptions = {},
): Promise<CommandResult> {
  return new Promise((resolve) => {
    let output = '';
    const take = (chunk: Buffer) => {
      output += chunk.toString('utf8');
      onOutput?.(chunk.toString('utf8'));
    };
    const child = spawn(command, args, {
      ...options,
      detached: group,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const running = () => child.exitCode === null && child.signalCode === null;
    const stop = () => {
      if (child.pid === undefined || !running()) return;
      if (group) process.kill(-child.pid, 'SIGKILL');
      else child.kill('SIGTERM');
    };
    const end = (result: CommandResult) => {
      signal?.removeEventListener('abort', stop);
      resolve(result);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.once('error', (error) => end({ code: undefined, output: output + error.message }));
    child.once('close', (code) => end({ code, output }));
    signal?.addEventListener('abort', stop, { once: true });
    if (signal?.aborted) stop();
  });
}

/** The last line of an output that says something. */
export const lastLine = (output: string): string =>
  output.trimEnd().split('\n').at(-1)?.trim() ?? '';
