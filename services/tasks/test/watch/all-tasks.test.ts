import { limits } from '@comprimemelo/contracts/limits';
import { newId, toBytes } from '@comprimemelo/prisma/client/identifiers';
import t from 'tap';
import { AllTasksWatch } from '../../src/watch/all-tasks.js';
import { tasksFixture } from '../fixtures/tasks-fixture.js';

/** The kind of each event, in order. */
const kinds = (events: string[]) => events.map((text) => /^event: (.*)$/m.exec(text)?.[1]);

t.test('finds by time what nobody was told of, once', async (t) => {
  const { created, db, userId } = await tasksFixture(t);
  let trust = 60_000;
  const owner = { ownerId: userId, from: undefined, trust: () => trust };
  const { poll } = new AllTasksWatch(db, owner);
  t.strictSame(kinds((await poll()).events), ['ready']);
  const { id } = await created();
  t.strictSame((await poll()).events, [], 'silence is trusted');
  trust = 0;
  const { events } = await poll();
  t.strictSame(kinds(events), ['task']);
  t.match(events[0], id);
  t.strictSame((await poll()).events, [], 'it was told');
});

t.test(
  'of more changes than are told one by one, a slow reader hears that there were',
  async (t) => {
    const { created, db, userId } = await tasksFixture(t);
    const owner = { ownerId: userId, from: undefined, trust: () => 60_000 };
    const { poll, noteChange } = new AllTasksWatch(db, owner);
    await poll();
    for (let n = 0; n <= 3 * limits.streamedChanges; n += 1) noteChange(newId());
    t.strictSame(kinds((await poll()).events), ['resync']);
    const { id } = await created();
    noteChange(id);
    noteChange(newId());
    const { events } = await poll();
    t.strictSame(kinds(events), ['task', 'deleted'], 'and goes on');
    await db.prisma.task.update({ where: { id: toBytes(id) }, data: { progress: 3 } });
    for (let n = 0; n < 10; n += 1) noteChange(id);
    t.strictSame(kinds((await poll()).events), ['task'], 'ten changes are told by one');
  },
);
