import type { Closers } from './closers.js';
import type { Layout } from './layout.js';
import type { Ledger } from './ledger.js';
import type { Ports } from './ports.js';
import { markVariable } from './process-identity.js';
import type { Program } from './program.js';
import type { Progress } from './progress.js';
import { type Supervised, supervise } from './supervise.js';

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
  [markVariable]: [process.env[markVariable], ledger.mark].filter(Boolean).join(),
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
