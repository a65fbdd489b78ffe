import { rmSync } from 'node:fs';
import { endOrphans } from './end-run.js';
import { fromRoot, layout } from './layout.js';
import { readRun } from './ledger.js';
import { isAlive } from './process-identity.js';
import type { Progress } from './progress.js';
import { Refusal } from './refusal.js';

/**
 * The directory of that name under `.data`, removed with all that an earlier run left, processes too: such a
 * run begins with nothing. Refuses where that run still goes on.
 */
export async function freshDirectory(name: string, progress: Progress): Promise<string> {
  const dataDir = fromRoot('.data', name);
  const { ledger } = layout(dataDir);
  const run = readRun(ledger);
  if (run !== undefined && isAlive(run.supervisor)) {
    throw new Refusal(`It is running already (pid ${run.supervisor.pid}).`);
  }
  await endOrphans(ledger, progress);
  rmSync(dataDir, { recursive: true, force: true });
  return dataDir;
}
