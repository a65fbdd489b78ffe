import t from 'tap';
import { retryAfter } from '../../src/deliveries/retry-after.js';

t.test('seconds, and a date', async (t) => {
  const now = Date.parse('2026-01-31T12:00:00Z');
  t.equal(retryAfter('0', now), 0);
  t.equal(retryAfter('120', now), 120_000);
  t.equal(retryAfter('Sat, 31 Jan 2026 12:02:00 GMT', now), 120_000);
  t.equal(retryAfter('Sat, 31 Jan 2026 11:00:00 GMT', now), 0, 'a date that is over');
});

t.test('what cannot be read says nothing', async (t) => {
  for (const header of [undefined, '', 'soon', '-5', '1e9', '99999999999', ['1', '2']]) {
    t.equal(retryAfter(header), undefined, String(header));
  }
});
