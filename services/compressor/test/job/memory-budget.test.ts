import { setImmediate as turn } from 'node:timers/promises';
import t from 'tap';
import { createMemoryBudget, type MemoryBudget } from '../../src/job/memory-budget.js';
import { failure } from '../fixtures/problems.js';

const never = new AbortController().signal;

/** Starts work that holds so much until it is told to end. */
function start(budget: MemoryBudget, bytes: number, signal = never) {
  let end: () => void = () => undefined;
  const state = { started: false, end: () => end() };
  const held = budget.hold(bytes, signal, () => {
    state.started = true;
    return new Promise<void>((resolve) => {
      end = resolve;
    });
  });
  return Object.assign(state, { held });
}

t.test('the sum of what is held stays under the budget', async (t) => {
  const budget = createMemoryBudget(100);
  const first = start(budget, 60);
  const second = start(budget, 60);
  await turn();
  t.match([first.started, second.started], [true, false]);
  first.end();
  await first.held;
  await turn();
  t.equal(second.started, true);
  second.end();
  await second.held;
});

t.test('what fails gives back what it held', async (t) => {
  const budget = createMemoryBudget(100);
  const failing = budget.hold(100, never, () => Promise.reject(new Error('failed')));
  await t.rejects(failing, { message: 'failed' });
  t.equal(await budget.hold(100, never, async () => 'next'), 'next');
});

t.test('what can never fit fails at once', async (t) => {
  const budget = createMemoryBudget(100);
  let worked = false;
  const held = budget.hold(101, never, async () => {
    worked = true;
  });
  await t.rejects(held, failure('archive-too-demanding'));
  t.equal(worked, false);
});

t.test('who waits can be cancelled, and is no longer in the way', async (t) => {
  const clock = { now: 0 };
  const budget = createMemoryBudget(100, () => clock.now);
  const first = start(budget, 60);
  const controller = new AbortController();
  const waiting = start(budget, 80, controller.signal);
  waiting.held.catch(() => undefined);
  clock.now = 60_000;
  const behind = start(budget, 40);
  await turn();
  t.equal(behind.started, false);
  controller.abort(new Error('cancelled'));
  await t.rejects(waiting.held, { message: 'cancelled' });
  await turn();
  t.match([waiting.started, behind.started], [false, true]);
  await t.rejects(
    budget.hold(1, controller.signal, async () => 1),
    { message: 'cancelled' },
  );
  first.end();
  behind.end();
  await Promise.all([first.held, behind.held]);
  t.equal(await budget.hold(100, never, async () => 'all of it'), 'all of it');
});

t.test('small ones pass a large one that waits, for a minute', async (t) => {
  const clock = { now: 0 };
  const budget = createMemoryBudget(100, () => clock.now);
  const first = start(budget, 60);
  const large = start(budget, 80);
  clock.now = 59_999;
  const passing = start(budget, 10);
  await turn();
  t.match([large.started, passing.started], [false, true]);
  clock.now = 60_000;
  const late = start(budget, 10);
  await turn();
  t.equal(late.started, false);
  first.end();
  await first.held;
  await turn();
  t.match([large.started, late.started], [true, true]);
  for (const one of [large, passing, late]) one.end();
  await Promise.all([large.held, passing.held, late.held]);
});
