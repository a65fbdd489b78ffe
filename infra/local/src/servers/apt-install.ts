import { openSync, writeSync } from 'node:fs';
import { findProgram } from '../process/find-program.js';
import { type Progress, step } from '../process/progress.js';
import { lastLine, runCommand } from '../process/run-command.js';
import { fromRoot } from '../run/layout.js';
import { readPolicy, rootPrefix } from './apt-plan.js';

/** What to install. */
export interface AptWish {
  /** Every package that may be chosen. */
  candidates: readonly string[];
  /** Of those that apt knows, the ones to install; undefined where that does not suffice. */
  choose(known: ReadonlySet<string>): readonly string[] | undefined;
}

interface AptOptions {
  progress: Progress;
  logFile: string;
  signal?: AbortSignal | undefined;
}

async function findPrefix(): Promise<readonly string[] | undefined> {
  const isRoot = process.getuid?.() === 0;
  const sudo = isRoot ? undefined : await runCommand('sudo', ['-n', 'true'], { timeout: 10_000 });
  return rootPrefix({
    hasAptGet: findProgram(['apt-get']) !== undefined,
    isRoot,
    hasSudo: sudo?.code === 0,
  });
}

async function knownPackages(candidates: readonly string[]): Promise<Set<string>> {
  const { output } = await runCommand('apt-cache', ['policy', ...candidates]);
  return readPolicy(output);
}

/**
 * Installs packages with apt-get, as root or by sudo, and says so before. Returns why it could not;
 * undefined where all went well.
 */
export async function aptInstall(
  { candidates, choose }: AptWish,
  { progress, logFile, signal }: AptOptions,
): Promise<string | undefined> {
  const prefix = await findPrefix();
  if (prefix === undefined)
    return 'apt-get cannot be used (it requires root, or sudo without a password)';
  const log = openSync(logFile, 'a', 0o600);
  const run = async (args: readonly string[]) => {
    const [command = '', ...rest] = [...prefix, 'sh', fromRoot('infra/local/apt-get.sh'), ...args];
    return runCommand(command, rest, { signal, onOutput: (text) => writeSync(log, text) });
  };
  const as = prefix.length === 0 ? 'as root' : 'with sudo';
  const update = await step(progress, `Updating the package lists (apt-get update, ${as})`, () =>
    run(['update']),
  );
  const packages = choose(await knownPackages(candidates));
  if (packages === undefined) {
    return `apt-get cannot find ${candidates.join(', ')} (${lastLine(update.output)})`;
  }
  const list = packages.join(' ');
  const { code, output } = await step(
    progress,
    `Installing with apt-get ${as}: ${list} (${logFile})`,
    () => run(['install', ...packages]),
  );
  return code === 0 ? undefined : `apt-get install failed: ${lastLine(output)} (${logFile})`;
}
