const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const exitCodes: Record<string, number> = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };

export interface StopSignals {
  /** Aborted by the first signal; the reason is its name. */
  signal: AbortSignal;
  /** Resolves with the name of the first signal. */
  received: Promise<NodeJS.Signals>;
}

/** Takes the signals that ask to stop. A second one changes nothing: stopping is bounded in time anyway. */
export function takeStopSignals(): StopSignals {
  const controller = new AbortController();
  const received = new Promise<NodeJS.Signals>((resolve) => {
    for (const name of names) {
      process.on(name, () => {
        resolve(name);
        controller.abort(name);
      });
    }
  });
  return { signal: controller.signal, received };
}

/** What a shell would report of a program that this signal has ended. */
export const exitCodeOf = (name: unknown): number => exitCodes[String(name)] ?? 1;
