/** Notices when storage neither takes the next bytes nor answers. */
export interface SilenceWatch {
  /** Aborts with an Error when a wait was too long. */
  readonly signal: AbortSignal;
  /** Waiting for storage begins; begun again, it is counted from here. */
  begin(): void;
  /** Storage has moved. */
  end(): void;
}

/** Waits of more than `bound` milliseconds abort; time in which nothing is awaited does not count. */
export function watchSilence(bound: number): SilenceWatch {
  const controller = new AbortController();
  let waiting: NodeJS.Timeout | undefined;
  return {
    signal: controller.signal,
    begin() {
      clearTimeout(waiting);
      waiting = setTimeout(() => {
        controller.abort(new Error(`storage was silent for ${bound / 1_000} s`));
      }, bound);
    },
    end: () => clearTimeout(waiting),
  };
}
