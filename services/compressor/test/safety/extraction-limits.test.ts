import t from 'tap';
import { allowedBytes } from '../../src/safety/extraction-limits.js';

t.test(
  'a small archive may hold 100 MB, a larger one a hundred times itself, none 10 GB',
  async (t) => {
    t.equal(allowedBytes(0), 100_000_000);
    t.equal(allowedBytes(1_000_000), 100_000_000);
    t.equal(allowedBytes(2_000_000), 200_000_000);
    t.equal(allowedBytes(99_000_000), 9_900_000_000);
    t.equal(allowedBytes(500_000_000), 10_000_000_000);
  },
);
