import { cpus } from 'node:os';

/**
 * Seconds that the machine's cores have been busy, all processes together: what works in a PID namespace of its
 * own is in no process's account after its end. Means something where nothing else runs.
 */
export function cpuSeconds(): number {
  const busy = cpus().map(({ times: { user, nice, sys, irq } }) => user + nice + sys + irq);
  return busy.reduce((sum, milliseconds) => sum + milliseconds, 0) / 1_000;
}
