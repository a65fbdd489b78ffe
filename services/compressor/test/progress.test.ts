import t from 'tap';
import { createProgress, share } from '../src/progress.js';

function follow() {
  const told: number[] = [];
  const clock = { now: 0 };
  const stage = createProgress(
    (percent) => told.push(percent),
    () => clock.now,
  );
  return { told, clock, stage };
}

t.test('tells whole percents, at most once a second, none in the first', async (t) => {
  const { told, clock, stage } = follow();
  const report = stage(0, 100);
  for (clock.now = 0; clock.now <= 5_000; clock.now += 10) report(clock.now / 10_001);
  t.strictSame(told, [9, 19, 29, 39, 49]);
});

t.test('never falls, repeats none, and leaves 100 to the end of the task', async (t) => {
  const { told, clock, stage } = follow();
  for (const [from, to, done] of [
    [10, 90, 0.5],
    [10, 90, 0.25],
    [10, 90, 0.5],
    [40, 90, 0.6],
    [90, 100, 1],
    [90, 100, 1],
  ] as const) {
    clock.now += 1_000;
    stage(from, to)(done);
  }
  t.strictSame(told, [50, 70, 99]);
});

t.test('a stage is shared by pieces of work one after another', async (t) => {
  const done: number[] = [];
  const [first, second] = share((part) => done.push(part), 2);
  first?.(0.5);
  first?.(1);
  second?.(0.5);
  second?.(1);
  t.strictSame(done, [0.25, 0.5, 0.75, 1]);
});
