/** Reports how much of one stage is done, 0 to 1. */
export type OnProgress = (done: number) => void;
/** A part of the job, from one percent of the whole to another. */
export type Stage = (from: number, to: number) => OnProgress;

/** Milliseconds between two reports: below a second, even on a busy machine. */
const defaultInterval = 800;
/** 100 is reported only when the task finishes. */
const highest = 99;

export interface Progress {
  readonly stage: Stage;
  /** Stops reporting. */
  stop(): void;
}

/**
 * Combines the stages into a percentage that never decreases. It is reported at each interval, even if unchanged, to
 * show that the job is alive. A job that ends before the first interval reports nothing.
 */
export function createProgress(
  tell: (percent: number) => void,
  interval = defaultInterval,
): Progress {
  let reached = 0;
  const timer = setInterval(() => tell(Math.min(Math.floor(reached), highest)), interval);
  return {
    stage: (from, to) => (done) => {
      reached = Math.max(reached, from + (to - from) * done);
    },
    stop: () => clearInterval(timer),
  };
}

/** Splits a stage into equal parts for `count` consecutive steps. */
export function share(stage: OnProgress, count: number): OnProgress[] {
  return Array.from({ length: count }, (_, at) => (done: number) => stage((at + done) / count));
}
