import t from 'tap';
import { timeLimits } from '../../../src/engines/seven-zip/time-limits.js';

t.test('ten minutes, and a second for each 100 kB', async (t) => {
  t.strictSame(timeLimits(0), { wallSeconds: 600, cpuSeconds: 600 });
  t.strictSame(timeLimits(10_000_001), { wallSeconds: 701, cpuSeconds: 701 });
});
