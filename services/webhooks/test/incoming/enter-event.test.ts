import t from 'tap';
import { taskEvent, webhooksFixture } from '../fixtures/webhooks-fixture.js';

const url = 'https://hooks.example/a';

t.test('an event is entered for whom it concerns, once', async (t) => {
  const { created, happens, deliveries, newUser, userId } = await webhooksFixture(t);
  const all = await created({ url });
  const failures = await created({ url, events: ['task.failed'] });
  const off = await created({ url, enabled: false });
  const another = await created({ url }, await newUser('bob'));
  const event = taskEvent(userId, 'task.processed');
  await Promise.all([happens(event), happens(event)]);
  await happens(event);
  const [entered, ...more] = await deliveries(all);
  t.match(entered, { payload: JSON.stringify(event.payload), status: 'pending', attemptCount: 0 });
  t.same(more, []);
  for (const other of [failures, off, another]) t.same(await deliveries(other), []);
  await happens(taskEvent(userId, 'task.failed'));
  t.equal((await deliveries(failures)).length, 1);
});
