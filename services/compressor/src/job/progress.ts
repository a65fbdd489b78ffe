/** Reports how much of one stage is done, 0 to 1. */
export type OnProgress = (done: number) => void;
/** A part of the job, from one percent of the whole to another. */
export type Stage = (from: number, to: number) => OnProgress;

/** Milliseconds between two percents: less than a second, on a busy machine too. */
const defaultInterval = 800;
/** 100 is said by the end of the task alone. */
const highest = 99;

export interface Progress {
  readonly stage: Stage;
  /** Nothing is told any more. */
  stop(): void;
}

/**
 * Turns the stages' reports into whole percents that never fall. One is told at each interval, also when it is
 * still the same: it says that the job lives. What ends before the first interval tells none.
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

/** Splits a stage into equal parts, one for each of `count` pieces of work done one after another. */
export function share(stage: OnProgress, count: number): OnProgress[] {
  return Array.from({ length: count }, (_, at) => (done: number) => stage((at + done) / count));
}
