import { setImmediate as tick } from 'node:timers/promises';
import { ProblemError } from '@comprimemelo/service/problem/problem-error';
import t from 'tap';
import { createHashQueue } from '../../src/passwords/hash-queue.js';

/** A hash that ends when it is told to. */
function heldHash() {
  const ends: (() => void)[] = [];
  const hash = () => new Promise<void>((resolve) => ends.push(resolve));
  return { hash, running: () => ends.length, endOne: () => ends.shift()?.() };
}

const refusal = (error: unknown) => {
  if (!(error instanceof ProblemError)) throw error;
  return [error.code, error.options.headers?.['retry-after']];
};

t.test('a request is refused at once when its turn would come too late', async (t) => {
  const queue = createHashQueue({ atOnce: 2, longestWait: 100_000, firstGuess: 50_000 });
  const { hash, running, endOne } = heldHash();
  // 0, 0, 50, 50, 100 and 100 s of waiting: six are let in.
  const admitted = Array.from({ length: 6 }, () => queue.admit(() => queue.run(hash)));
  await tick();
  t.equal(running(), 2, 'as many run as may');
  for (let more = 0; more < 3; more += 1) {
    t.strictSame(await queue.admit(async () => 'let in').catch(refusal), ['unavailable', '150']);
  }
  while (running() > 0) {
    endOne();
    await tick();
  }
  const ended = await Promise.allSettled(admitted);
  t.equal(ended.length, 6);
  t.equal(await queue.admit(async () => 'let in'), 'let in', 'there is room again');
});

t.test('a place is free again after a request that failed', async (t) => {
  const queue = createHashQueue({ atOnce: 1, longestWait: 0, firstGuess: 50 });
  for (let round = 0; round < 3; round += 1) {
    await t.rejects(
      queue.admit(async () => {
        throw new Error('taken');
      }),
      /taken/,
    );
  }
});

t.test('whose turn comes later than was reckoned is not hashed any more', async (t) => {
  const queue = createHashQueue({ atOnce: 1, longestWait: 20, firstGuess: 0 });
  const slow = new Promise((resolve) => setTimeout(resolve, 60));
  const first = queue.run(() => slow);
  let hashed = false;
  const second = queue.run(async () => {
    hashed = true;
  });
  t.strictSame(await second.catch(refusal), ['unavailable', '1']);
  await first;
  t.notOk(hashed);
});

t.test('the reckoning follows the time that hashes take', async (t) => {
  const queue = createHashQueue({ atOnce: 1, longestWait: 100_000, firstGuess: 1_000_000 });
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const asks = () => queue.admit(() => held);
  const first = asks();
  t.strictSame(await asks().catch(refusal), ['unavailable', '1000'], 'by the guess');
  for (let hashes = 0; hashes < 100; hashes += 1) await queue.run(async () => undefined);
  const second = asks();
  letGo();
  await Promise.all([first, second]);
});
