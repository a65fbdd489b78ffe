import { cpus } from 'node:os';

/**
 * Seconds that all cores of the machine have been busy. The CPU time of a process in its own PID namespace is not
 * added to its parent, so only the total shows it. Meaningful only if nothing else is running.
 */
export function cpuSeconds(): number {
  const busy = cpus().map(({ times: { user, nice, sys, irq } }) => user + nice + sys + irq);
  return busy.reduce((sum, milliseconds) => sum + milliseconds, 0) / 1_000;
}
