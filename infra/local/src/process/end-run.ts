import { rmSync } from 'node:fs';
import { removeContainer } from './docker.js';
import { type RecordedChild, type RunRecord, readRun } from './ledger.js';
import { isAlive, markedProcesses, type ProcessIdentity, signal } from './process-identity.js';
import type { Progress } from './progress.js';
import { until } from './until.js';

/** Milliseconds that the kernel has to end what was killed. */
const killTimeout = 10_000;

async function kill(processes: ProcessIdentity[]): Promise<void> {
  for (const identity of processes) signal(identity, 'SIGKILL');
  await until(() => !processes.some(isAlive), { timeout: killTimeout });
}

/** Its leader lives, so the group is the one that was recorded. */
function killGroup(identity: ProcessIdentity): void {
  if (isAlive(identity)) process.kill(-identity.pid, 'SIGKILL');
}

async function endChild(child: RecordedChild): Promise<void> {
  const { identity, stopSignal, grace, container } = child;
  signal(identity, stopSignal);
  if (!(await until(() => !isAlive(identity), { timeout: grace }))) {
    killGroup(identity);
    await until(() => !isAlive(identity), { timeout: killTimeout });
  }
  if (container !== undefined) await removeContainer(container);
}

/** The order of an ordinary stop. */
const stopOrder = [
  'nginx',
  'webhooks',
  'notifier',
  'compressor',
  'files',
  'tasks',
  'auth',
  'storage',
  'broker',
  'database',
];

const inStopOrder = (children: readonly RecordedChild[]): RecordedChild[] =>
  children.toSorted((a, b) => stopOrder.indexOf(a.name) - stopOrder.indexOf(b.name));

/** Ends whatever still carries the mark of a run: what a program of it has put into the background. */
export const endMarked = (mark: string): Promise<void> => kill(markedProcesses(mark));

/**
 * Ends what a run has left behind whose supervisor was killed, in the order of an ordinary stop. Does
 * nothing where there is no such run.
 */
export async function endOrphans(file: string, progress: Progress): Promise<void> {
  const run: RunRecord | undefined = readRun(file);
  if (run === undefined) {
    rmSync(file, { force: true });
    return;
  }
  if (isAlive(run.supervisor)) return;
  for (const child of inStopOrder(run.children)) {
    if (!isAlive(child.identity) && child.container === undefined) continue;
    progress(`Stopping ${child.name}, left behind by a run that was killed`);
    await endChild(child);
  }
  await endMarked(run.mark);
  rmSync(file, { force: true });
}
