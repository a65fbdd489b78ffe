import { type ChildProcess, spawn } from 'node:child_process';
import type { Writable } from 'node:stream';

/**
 * Keeps the numbers of process groups, and kills those that are left when nobody holds the other end of its
 * input any more.
 */
const reaperScript = `
while read -r sign group; do
  case $sign in
    +) groups="$groups -$group" ;;
    *) set --
       for one in $groups; do [ "$one" = "-$group" ] || set -- "$@" "$one"; done
       groups=$* ;;
  esac
done
[ -z "$groups" ] || kill -s KILL -- $groups`;

/**
 * What every 7-Zip starts by: it puts its own group down with the reaper before it is anything else, and does
 * nothing for a worker that is gone already. To have the worker put it down would come too late for a worker
 * that is killed while it starts a process. The kernel's signal at a parent's death is no replacement: bwrap and
 * unshare are not bound to each other in their first milliseconds.
 */
const starterScript = '[ "$PPID" = "$0" ] && echo + $$ >&3 && exec 3>&- "$@"';

/** Put in front of a command line whose file descriptor 3 is the reaper's input. */
export const starter = (): string[] => ['/bin/sh', '-c', starterScript, String(process.pid)];

let reaper: ChildProcess | undefined;

/** The reaper's input, for file descriptor 3 of what is started. */
export function reaperInput(): Writable {
  reaper ??= startReaper();
  if (!reaper.stdin) throw new Error('the reaper has no input');
  return reaper.stdin;
}

/** The group has ended: its number may be another's by and by. */
export function forgetGroup(group: number): void {
  reaper?.stdin?.write(`- ${group}\n`);
}

function startReaper(): ChildProcess {
  const started = spawn('/bin/sh', ['-c', reaperScript], {
    env: {},
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const giveUp = () => {
    if (reaper === started) reaper = undefined;
  };
  started.on('error', giveUp).on('exit', giveUp);
  started.stdin?.on('error', giveUp);
  // It is no reason for this process to stay.
  started.unref();
  (started.stdin as { unref?(): void } | null)?.unref?.();
  return started;
}
