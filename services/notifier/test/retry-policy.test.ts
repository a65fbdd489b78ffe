import t from 'tap';
import { defaultRetryPolicy, pauseAfter } from '../src/retry-policy.js';

t.test('pauses double from a second and stop growing at five minutes', async (t) => {
  const pauses = [0, 1, 2, 8, 9, 5_000].map((tries) => pauseAfter(tries, defaultRetryPolicy));
  t.same(pauses, [1_000, 2_000, 4_000, 256_000, 300_000, 300_000]);
});

t.test('a delivery is given back before RabbitMQ takes it away', async (t) => {
  const consumerTimeout = 30 * 60_000;
  t.ok(defaultRetryPolicy.hold + defaultRetryPolicy.longestPause < consumerTimeout);
});
