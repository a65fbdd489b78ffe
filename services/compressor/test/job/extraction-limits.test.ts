import t from 'tap';
import { allowedBytes, defaultLimits } from '../../src/job/extraction-limits.js';

t.test(
  'any archive may hold 1 GiB, a larger one a thousand times itself, none 10 GB',
  async (t) => {
    t.equal(allowedBytes(defaultLimits, 0), 2 ** 30);
    t.equal(allowedBytes(defaultLimits, 1_000_000), 2 ** 30);
    t.equal(allowedBytes(defaultLimits, 2_000_000), 2_000_000_000);
    t.equal(allowedBytes(defaultLimits, 9_900_000), 9_900_000_000);
    t.equal(allowedBytes(defaultLimits, 500_000_000), 10_000_000_000);
  },
);
