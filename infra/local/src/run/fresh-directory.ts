import { rmSync } from 'node:fs';
import { endOrphans } from '../process/end-run.js';
import { readRun } from '../process/ledger.js';
import { isAlive } from '../process/process-identity.js';
import type { Progress } from '../process/progress.js';
import { Refusal } from '../process/refusal.js';
import { fromRoot, layout } from './layout.js';

/**
 * The directory of that name under `.data`, removed with all that an earlier run left, processes too: such a
 * run begins with nothing. Refuses where that run still goes on.
 */
export async function freshDirectory(name: string, progress: Progress): Promise<string> {
  const dataDir = fromRoot('.data', name);
  const { ledger } = layout(dataDir);
  const run = readRun(ledger);
  if (run !== undefined && isAlive(run.supervisor)) {
    throw new Refusal(`It is already running (pid ${run.supervisor.pid}).`);
  }
  await endOrphans(ledger, progress);
  rmSync(dataDir, { recursive: true, force: true });
  return dataDir;
}
