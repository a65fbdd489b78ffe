import t from 'tap';
import { preferredWait } from '../../src/request/preferred-wait.js';

t.test('reads the seconds of a Prefer header', async (t) => {
  t.equal(preferredWait(undefined), 0);
  t.equal(preferredWait('wait=10'), 10);
  t.equal(preferredWait('respond-async, wait = "5"'), 5);
  t.equal(preferredWait('wait=600'), 60, 'at most what is allowed');
  t.equal(preferredWait('await=10'), 0);
  t.equal(preferredWait('wait=-1'), 0);
  t.equal(preferredWait('wait=soon'), 0);
});
