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
  signal?: AbortSignal | undefined;
  /** Given all output as it comes. */
  onOutput?: (text: string) => void;
}

/** Runs a command to its end, without input. Never rejects: an absent command has no code. */
export function runCommand(
  command: string,
  args: readonly string[],
  { onOutput, ...options }: CommandOptions = {},
): Promise<CommandResult> {
  return new Promise((resolve) => {
    let output = '';
    const take = (chunk: Buffer) => {
      output += chunk.toString('utf8');
      onOutput?.(chunk.toString('utf8'));
    };
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.once('error', (error) => resolve({ code: undefined, output: output + error.message }));
    child.once('close', (code) => resolve({ code, output }));
  });
}

/** The last line of an output that says something. */
export const lastLine = (output: string): string =>
  output.trimEnd().split('\n').at(-1)?.trim() ?? '';
