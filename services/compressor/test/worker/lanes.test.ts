import t from 'tap';
import { createLanes } from '../../src/worker/lanes.js';

t.test('large jobs never hold every slot', async (t) => {
  t.strictSame(createLanes(1).concurrency, { small: 2, large: 1 });
  t.strictSame(createLanes(2).concurrency, { small: 2, large: 1 });
  t.strictSame(createLanes(8).concurrency, { small: 8, large: 7 });
});

t.test('both lanes together work in as many slots as there are', async (t) => {
  const { inSlot } = createLanes(3);
  let working = 0;
  let most = 0;
  const work = async () => {
    working += 1;
    most = Math.max(most, working);
    await new Promise((resolve) => setImmediate(resolve));
    working -= 1;
  };
  await Promise.all(Array.from({ length: 12 }, () => inSlot(work)));
  t.equal(most, 3);
});
