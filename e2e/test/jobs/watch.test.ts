import { randomBytes } from 'node:crypto';
import type { Task, TaskState } from '@comprimemelo/contracts/task';
import { EventReader } from '@comprimemelo/testing/event-reader';
import t, { type Test } from 'tap';
import { type ApiClient, inputText, newClient } from '../client/api-client.js';
import { testedSystem } from '../config.js';

const { origin } = testedSystem();

async function open(t: Test, { token }: ApiClient, path: string, last?: string) {
  const headers = {
    authorization: `Bearer ${token}`,
    ...(last === undefined ? {} : { 'last-event-id': last }),
  };
  const reader = await EventReader.open(`${origin}${path}`, headers);
  t.teardown(() => reader.close());
  return reader;
}

/** A task that takes a few seconds. */
async function longTask(client: ApiClient): Promise<Task> {
  const input = { name: 'random.bin', content: new Blob([randomBytes(10_000_000)]) };
  const response = await client.createTask({ format: '7z', level: 'best' }, [input]);
  return (await response.json()) as Task;
}

t.test('a task is watched to its end, by nginx, as it goes on', async (t) => {
  const client = await newClient(origin);
  const { id } = await longTask(client);
  const path = `/api/tasks/${id}/events`;
  const reader = await open(t, client, path);
  t.equal(reader.response.status, 200);
  t.match(reader.response.headers.get('content-type'), /^text\/event-stream/);
  t.equal(reader.response.headers.get('x-accel-buffering'), null, 'that was for nginx');
  await reader.until(() => reader.events.length > 0);
  t.not((reader.data[0] as TaskState).status, 'processed', 'told at once, and not at the end');
  await reader.until(() =>
    (reader.data as TaskState[]).some(({ status }) => status === 'processing'),
  );
  t.equal(await reader.ended, 'in order');

  const states = reader.data as TaskState[];
  const percents = states.map(({ progress }) => progress);
  t.strictSame(
    percents,
    [...percents].sort((a, b) => a - b),
  );
  t.match(states.at(-1), { id, status: 'processed', progress: 100, available: true });
  t.ok(
    percents.some((percent) => percent > 0 && percent < 100),
    `${percents} on the way`,
  );
  const again = await open(t, client, path, reader.lastId);
  t.equal(again.response.status, 204, 'who has the end is not told again');
});

t.test('all tasks of an account are watched by one stream', async (t) => {
  const [client, other] = [await newClient(origin), await newClient(origin)];
  const reader = await open(t, client, '/api/tasks/events');
  await reader.until(() => reader.events.some(({ event }) => event === 'ready'));
  await other.run({ format: 'zip' }, [inputText('b.txt', 'b')]);
  const { id } = await client.run({ format: 'zip' }, [inputText('a.txt', 'a')]);
  const ofTask = () => (reader.data as TaskState[]).filter((state) => state.id === id);
  await reader.until(() => ofTask().some(({ status }) => status === 'processed'));
  await client.request(`/api/tasks/${id}`, { method: 'DELETE' });
  await reader.until(() => reader.events.some(({ event }) => event === 'deleted'));
  const told = reader.events.filter(({ event }) => event !== 'ready');
  t.ok(told.every(({ data }) => JSON.parse(data).id === id));
  t.match(told.at(-1), { event: 'deleted', id: /^\d+$/ });
});
