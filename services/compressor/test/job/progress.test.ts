import { setTimeout as pause } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { createProgress, share } from '../../src/job/progress.js';

function recordProgress(t: Test) {
  const told: number[] = [];
  const progress = createProgress((percent) => told.push(percent), 5);
  t.teardown(() => progress.stop());
  /** Waits until that has been told. */
  const until = async (percent: number) => {
    while (told.at(-1) !== percent) await pause(1);
  };
  return { ...progress, told, until };
}

t.test('tells whole percents of the whole', async (t) => {
  const { stage, until } = recordProgress(t);
  stage(10, 90)(0.505);
  await until(50);
  stage(40, 90)(0.6);
  await until(70);
});

t.test('goes on telling the same percent, as a sign of life', async (t) => {
  const { told } = recordProgress(t);
  while (told.length < 3) await pause(1);
  t.strictSame(new Set(told), new Set([0]));
});

t.test('never falls, and leaves 100 to the end of the task', async (t) => {
  const { stage, told, until } = recordProgress(t);
  stage(10, 90)(0.5);
  await until(50);
  stage(10, 90)(0.25);
  stage(90, 100)(1);
  await until(99);
  t.notOk(told.includes(30));
});

t.test('tells nothing once it is stopped', async (t) => {
  const { stage, told, until, stop } = recordProgress(t);
  stage(0, 100)(0.5);
  await until(50);
  stop();
  const before = told.length;
  stage(0, 100)(0.6);
  await pause(50);
  t.equal(told.length, before);
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
