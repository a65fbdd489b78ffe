import { type ChildProcess, spawn } from 'node:child_process';
import type { Writable } from 'node:stream';

/**
 * The reaper: tracks process group ids, and when its standard input is closed (because the worker has died), kills
 * the groups that are left.
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
 * The first step of every 7-Zip process: it registers its own group with the reaper, and exits if the worker is
 * already dead. Registration by the worker would come too late if the worker is killed while it starts a process. The
 * parent-death signal of the kernel is not sufficient, because bwrap and unshare do not use it in their first
 * milliseconds.
 */
const starterScript = '[ "$PPID" = "$0" ] && echo + $$ >&3 && exec 3>&- "$@"';

/** Prefix for a command line whose file descriptor 3 is the input of the reaper. */
export const starter = (): string[] => ['/bin/sh', '-c', starterScript, String(process.pid)];

let reaper: ChildProcess | undefined;

/** The input of the reaper, to be passed as file descriptor 3. */
export function reaperInput(): Writable {
  reaper ??= startReaper();
  if (!reaper.stdin) throw new Error('the reaper has no input');
  return reaper.stdin;
}

/** Unregisters a group that has ended, because its id may be reused. */
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
  // The reaper must not keep this process alive.
  started.unref();
  (started.stdin as { unref?(): void } | null)?.unref?.();
  return started;
}
