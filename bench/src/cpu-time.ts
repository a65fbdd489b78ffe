import { readdirSync, readFileSync } from 'node:fs';

/** Of a second: what proc(5) counts in. Linux has the same value on all machines that Node runs on. */
const ticks = 100;

interface ProcessTimes {
  parent: number;
  /** Its own time and that of its ended children, in ticks. */
  time: number;
}

function timesOf(pid: string): ProcessTimes | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The program's name, in parentheses, may hold spaces.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const time = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
    return { parent: Number(fields[1]), time };
  } catch {
    // It has ended since its name was read.
    return undefined;
  }
}

/**
 * Seconds of CPU that this process has taken with all processes below it, those that have ended included.
 * Source: proc(5).
 */
export function cpuSeconds(): number {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const processes = new Map(pids.map((pid) => [Number(pid), timesOf(pid)]));
  const isOurs = (pid: number): boolean =>
    pid === process.pid || (pid > 1 && isOurs(processes.get(pid)?.parent ?? 0));
  const sum = [...processes].reduce(
    (total, [pid, times]) => total + (times && isOurs(pid) ? times.time : 0),
    0,
  );
  return sum / ticks;
}
