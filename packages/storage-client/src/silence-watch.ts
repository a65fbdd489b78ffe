/** Detects that storage neither accepts bytes nor responds. */
export interface SilenceWatch {
  /** Aborts with an Error when a wait takes too long. */
  readonly signal: AbortSignal;
  /** Starts, or restarts, the wait for storage. */
  begin(): void;
  /** Ends the wait: storage has made progress. */
  end(): void;
}

/** Aborts after waits of more than `bound` milliseconds. Time without a wait does not count. */
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
