import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Child } from './child.js';
import { almostNothing, checkDiskSpace } from './disk-space.js';
import { removeContainer } from './docker.js';
import { launch } from './launch.js';
import type { Ledger } from './ledger.js';
import { logSize } from './log-tail.js';
import type { Program } from './program.js';
import type { Progress } from './progress.js';
import { lineOf } from './refusal.js';
import { startFailure } from './start-failure.js';
import { until } from './until.js';

/** Milliseconds before the first restart; doubled with each further one. */
const firstDelay = 500;
const longestDelay = 30_000;
/** Milliseconds after which a program counts as settled and the delay begins anew. */
const settled = 60_000;
/** Milliseconds between two questions whether it is ready. */
const askingInterval = 75;
/** Milliseconds to stop in for one that has not been ready: RabbitMQ does not listen while it boots. */
const unreadyGrace = 5_000;

export interface Supervised {
  name: string;
  /** Undefined while it does not run. */
  pid(): number | undefined;
  /** Starts it and waits until it answers. Refuses, with the end of its log, where it does not. */
  start(signal?: AbortSignal): Promise<void>;
  /** Stops it until the next start. */
  stop(): Promise<void>;
  signal(name: NodeJS.Signals): void;
}

export interface Surroundings {
  ledger: Ledger;
  progress: Progress;
}

/** Keeps a program running: one that dies is started again, after a delay that grows. */
export function supervise(program: Program, { ledger, progress }: Surroundings): Supervised {
  let child: Child | undefined;
  let keeper: Promise<void> = Promise.resolve();
  let ending = new AbortController();

  async function keep(first: Child, end: AbortSignal): Promise<void> {
    let delay = firstDelay;
    for (let current: Child | undefined = first; !end.aborted; ) {
      const began = Date.now();
      const how = current === undefined ? 'it cannot be executed' : await current.exited;
      child = undefined;
      if (end.aborted) return;
      if (Date.now() - began > settled) delay = firstDelay;
      progress(
        `${program.name} exited unexpectedly (${how}). Restarting in ${delay / 1000} s. Log: ${program.logFile}`,
      );
      await sleep(delay, undefined, { signal: end }).catch(() => undefined);
      if (end.aborted) return;
      delay = Math.min(delay * 2, longestDelay);
      current = await launch(program, ledger).catch((error) => void progress(lineOf(error)));
      child = current;
      // Stopped while it was being started.
      if (end.aborted) await current?.stop();
    }
  }

  async function start(signal?: AbortSignal): Promise<void> {
    const from = logSize(program.logFile);
    ending = new AbortController();
    const first = await launch(program, ledger);
    child = first;
    let death: string | undefined;
    void first.exited.then((how) => {
      death = how;
    });
    try {
      const readyOrDead = async () => {
        checkDiskSpace(dirname(program.logFile), almostNothing);
        return death !== undefined || (await program.ready());
      };
      const waiting = { timeout: program.startTimeout, every: askingInterval, signal };
      const answered = await until(readyOrDead, waiting);
      if (death !== undefined || !answered) throw startFailure(program, death, from);
    } catch (error) {
      await stop(unreadyGrace);
      throw error;
    }
    keeper = keep(first, ending.signal);
  }

  async function stop(grace?: number): Promise<void> {
    ending.abort();
    await child?.stop(grace);
    await keeper;
    child = undefined;
    if (program.container !== undefined) await removeContainer(program.container);
  }

  return {
    name: program.name,
    pid: () => child?.identity.pid,
    start,
    stop: () => stop(),
    signal: (name) => child?.signal(name),
  };
}
