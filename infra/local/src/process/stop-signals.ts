const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const exitCodes: Record<string, number> = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };

export interface StopSignals {
  /** Aborted by the first signal; the reason is its name. */
  signal: AbortSignal;
  /** Resolves with the name of the first signal. */
  received: Promise<string>;
}

/**
 * Takes the signals that ask to stop. A second one changes nothing: stopping is bounded in time anyway. A fault
 * of our own counts as one, so that it leaves nothing running either.
 */
export function takeStopSignals(): StopSignals {
  const controller = new AbortController();
  const received = new Promise<string>((resolve) => {
    const stop = (name: string) => {
      resolve(name);
      controller.abort(name);
    };
    for (const name of names) process.on(name, stop);
    process.on('uncaughtException', (error) => {
      console.error(error);
      stop('a fault');
    });
  });
  // The terminal may be gone while there is still something to stop.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  return { signal: controller.signal, received };
}

/** What a shell would report of a program that this signal has ended; 1 for a fault. */
export const exitCodeOf = (name: unknown): number => exitCodes[String(name)] ?? 1;

/** True for a signal, false for a fault of our own. */
export const isSignal = (reason: string): boolean => reason in exitCodes;
