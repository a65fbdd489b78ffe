import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { identify, type ProcessIdentity } from './process-identity.js';
import type { Program } from './program.js';
import { Refusal } from './refusal.js';

export interface Child {
  identity: ProcessIdentity;
  /** How it ended, in words. */
  exited: Promise<string>;
  signal(name: NodeJS.Signals): void;
  /** Sends the stop signal, waits for the grace, in milliseconds, then kills it. */
  stop(grace?: number): Promise<void>;
}

/**
 * Starts a program in a process group of its own, so that Ctrl-C in the terminal reaches this process alone
 * and the order of stopping holds. Refuses where the command cannot be run.
 */
export async function startChild(program: Program): Promise<Child> {
  const log = openSync(program.logFile, 'a', 0o600);
  const child = spawn(program.command, program.args, {
    detached: true,
    stdio: ['ignore', log, log],
    env: program.env,
    cwd: program.cwd,
  });
  closeSync(log);
  const exited = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => {
      // What a killed program leaves in its group, as nginx its workers, would keep its port.
      killGroup(child.pid);
      resolve(signal === null ? `exit code ${code}` : `signal ${signal}`);
    });
  });
  try {
    await once(child, 'spawn');
  } catch (error) {
    throw new Refusal(`${program.command} cannot be executed: ${(error as Error).message}`);
  }
  const pid = child.pid ?? 0;
  const identity = identify(pid) ?? { pid, started: 'ended' };
  const running = () => child.exitCode === null && child.signalCode === null;
  return {
    identity,
    exited,
    signal: (name) => void (running() && child.kill(name)),
    async stop(grace = program.grace) {
      if (!running()) return;
      child.kill(program.stopSignal);
      const graceTimer = new AbortController();
      const late = sleep(grace, 'late', { signal: graceTimer.signal }).catch(() => 'done');
      if ((await Promise.race([exited, late])) === 'late') child.kill('SIGKILL');
      graceTimer.abort();
      await exited;
    },
  };
}

/** A group keeps its number until its last process has ended; without one this does nothing. */
function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nothing was left.
  }
}
