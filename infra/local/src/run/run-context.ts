import { givenEnvironment } from '../config.js';
import type { Closers } from '../process/closers.js';
import type { Ledger } from '../process/ledger.js';
import { markVariable } from '../process/process-identity.js';
import type { Program } from '../process/program.js';
import type { Progress } from '../process/progress.js';
import { type Supervised, supervise } from '../process/supervise.js';
import type { Layout } from './layout.js';
import type { Ports } from './ports.js';

/** What belongs to one run and is handed to each of its parts. */
export interface RunContext {
  dirs: Layout;
  ports: Ports;
  ledger: Ledger;
  progress: Progress;
  closers: Closers;
  /** Ends the start. */
  signal?: AbortSignal | undefined;
}

/** What every process of the run carries. A run within another belongs to both. */
export const runEnvironment = ({ ledger }: RunContext): Record<string, string> => ({
  [markVariable]: [givenEnvironment()[markVariable], ledger.mark].filter(Boolean).join(),
});

/** A program as a part of the run: it carries the run's mark and stands in its ledger. */
export function partOfRun(program: Program, run: RunContext): Supervised {
  return supervise({ ...program, env: { ...program.env, ...runEnvironment(run) } }, run);
}

/** Starts a part that is stopped when the run closes; known to the closers before it runs. */
export async function startPart(
  program: Program,
  run: RunContext,
  signal: AbortSignal | undefined,
): Promise<Supervised> {
  const part = partOfRun(program, run);
  run.closers.add(() => part.stop());
  await part.start(signal);
  return part;
}
