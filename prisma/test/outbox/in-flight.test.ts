import t from 'tap';
import { InFlight } from '../../src/outbox/in-flight.js';

t.test('a row is held from its publish until its mark, or until it is refused', async (t) => {
  const inFlight = new InFlight();
  let confirm = () => {};
  const first = inFlight.track(1n, new Promise<void>((resolve) => (confirm = resolve)));
  const second = inFlight.track(2n, Promise.reject(new Error('refused')));
  t.equal(inFlight.size, 2);
  await t.rejects(second, { message: 'refused' });
  t.notOk(inFlight.has(2n));
  t.same([...inFlight.confirmed()], []);
  confirm();
  await first;
  t.ok(inFlight.has(1n));
  t.same([...inFlight.confirmed()], [1n]);
  inFlight.forget(inFlight.confirmed());
  t.equal(inFlight.size, 0);
});
