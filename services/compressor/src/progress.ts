/** Reports how much of one stage is done, 0 to 1. */
export type Report = (done: number) => void;
/** A part of the job, from one percent of the whole to another. */
export type Stage = (from: number, to: number) => Report;

/** Milliseconds between two reports, and before the first. */
const interval = 1_000;
/** 100 is said by the end of the task alone. */
const highest = 99;

/**
 * Turns the stages' reports into whole percents that never fall, told at most once a second. `now` gives
 * milliseconds.
 */
export function createProgress(
  tell: (percent: number) => void,
  now: () => number = () => performance.now(),
): Stage {
  let told = 0;
  let toldAt = now();
  const report = (percent: number) => {
    const whole = Math.min(Math.floor(percent), highest);
    if (whole <= told || now() - toldAt < interval) return;
    told = whole;
    toldAt = now();
    tell(whole);
  };
  return (from, to) => (done) => report(from + (to - from) * done);
}

/** Splits a stage into equal parts, one for each of `count` pieces of work done one after another. */
export function share(stage: Report, count: number): Report[] {
  return Array.from({ length: count }, (_, at) => (done: number) => stage((at + done) / count));
}
