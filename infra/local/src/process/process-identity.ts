import { readdirSync, readFileSync } from 'node:fs';

/** A process, told apart from a later one with the same pid and from one before the last boot. */
export interface ProcessIdentity {
  pid: number;
  /** Boot id and clock ticks since boot. */
  started: string;
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return undefined;
  }
}

/** The process that has this pid now; undefined where none runs (a zombie does not). Source: proc(5). */
export function identify(pid: number): ProcessIdentity | undefined {
  const stat = read(`/proc/${pid}/stat`);
  if (stat === undefined) return undefined;
  // The name may hold spaces and parentheses: the fields are counted from behind its last one.
  const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (state === 'Z' || state === 'X') return undefined;
  return { pid, started: `${read('/proc/sys/kernel/random/boot_id')?.trim()}:${fields[18]}` };
}

export const isAlive = ({ pid, started }: ProcessIdentity): boolean =>
  identify(pid)?.started === started;

/** Signals this very process; false where it is gone. */
export function signal(identity: ProcessIdentity, name: NodeJS.Signals): boolean {
  if (!isAlive(identity)) return false;
  try {
    return process.kill(identity.pid, name);
  } catch {
    return false;
  }
}

/** The variable that every process of a run carries in its environment: the marks of the runs it belongs to. */
export const markVariable = 'COMPRIMEMELO_RUN';

/** The living processes that carry the mark, other than this one. */
export function markedProcesses(mark: string): ProcessIdentity[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((name) =>
      read(`/proc/${name}/environ`)
        ?.split('\0')
        .some((entry) => entry.startsWith(`${markVariable}=`) && entry.includes(mark)),
    )
    .flatMap((name) => identify(Number(name)) ?? []);
}
