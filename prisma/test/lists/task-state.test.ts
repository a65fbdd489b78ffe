import { TaskState } from '@comprimemelo/contracts/task';
import t from 'tap';
import { newId, toBytes } from '../../src/client/identifiers.js';
import { getTask } from '../../src/lists/task-list.js';
import { toTask } from '../../src/lists/task-row.js';
import { changedTaskStates, getTaskState, getTaskStates } from '../../src/lists/task-state.js';
import { setup, taskData } from '../fixtures/setup.js';

const owner = newId();
const stranger = newId();
const long = new Date('2026-01-31T12:00:00.000Z');
const recent = new Date('2026-01-31T12:00:00.001Z');

t.test('a state is a part of the task, and its owner sees it', async (t) => {
  const { prisma, pool } = await setup(t);
  const [one, other] = [newId(), newId()];
  const error = '{"type":"/problems/archive-corrupt","title":"damaged"}';
  const failed = { status: 'failed' as const, resultCount: 0, error, finishedAt: recent };
  await prisma.task.create({ data: taskData(owner, one) });
  await prisma.task.create({ data: { ...taskData(owner, other), ...failed } });
  const states = await getTaskStates(pool, owner, [one, other, newId()]);
  t.equal(states.length, 2);
  for (const state of states) {
    const row = await getTask(pool, owner, state.id);
    const task = row && toTask(row);
    t.strictSame(Object.keys(state).sort(), Object.keys(TaskState.properties).sort());
    for (const [name, value] of Object.entries(state)) {
      t.strictSame(value, task?.[name as keyof typeof task], name);
    }
    t.strictSame(await getTaskState(pool, owner, state.id), state);
    t.equal(await getTaskState(pool, stranger, state.id), undefined);
  }
  t.strictSame(await getTaskStates(pool, stranger, [one, other]), []);
  t.strictSame(await getTaskStates(pool, owner, []), []);
});

t.test('what was touched since a time, of one owner, by the index alone', async (t) => {
  const { prisma, pool } = await setup(t);
  const [old, active, ended] = [newId(), newId(), newId()];
  await prisma.task.createMany({
    data: [
      { ...taskData(owner, old), touchedAt: long },
      { ...taskData(owner, active), status: 'processing', touchedAt: long },
      { ...taskData(owner, ended), touchedAt: recent },
      { ...taskData(stranger), touchedAt: recent },
    ],
  });
  const found = async (query: { since: Date; limit?: number; statuses?: ['processing'] }) =>
    (await changedTaskStates(pool, { ownerId: owner, limit: 9, ...query })).map(({ id }) => id);
  t.strictSame(await found({ since: recent }), [ended]);
  t.strictSame((await found({ since: long })).sort(), [old, active, ended].sort());
  t.equal((await found({ since: long, limit: 2 })).length, 2);
  t.strictSame(await found({ since: new Date(0), statuses: ['processing'] }), [active]);

  const [plan] = await pool.query<Record<string, unknown>[]>(
    `EXPLAIN SELECT id FROM tasks FORCE INDEX (tasks_owner_id_status_touched_at_idx)
      WHERE owner_id = ? AND status IN ('uploaded', 'processing', 'processed', 'failed', 'cancelled')
        AND touched_at >= ?`,
    [toBytes(owner), recent],
  );
  t.match(plan, { type: 'range', key_len: '24' }, 'each part of the key narrows the range');
});
