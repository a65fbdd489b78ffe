import type { Task } from '@comprimemelo/contracts/task';
import t from 'tap';
import { type ApiClient, inputText, newClient } from '../client/api-client.js';
import { readArchive, save, scratch, sha256Of } from '../client/foreign-readers.js';
import { until } from '../client/until.js';
import { blobsHolding, testedSystem } from '../config.js';

const system = testedSystem();
const texts = { 'año.txt': 'uno', 'two.txt': 'two', empty: '' };

const archived = (client: ApiClient) =>
  client.run(
    { format: 'zip' },
    Object.entries(texts).map(([name, text]) => inputText(name, text)),
  );

/** A task of files that are there already, when it has ended. */
async function runOn(client: ApiClient, body: object): Promise<Task> {
  const response = await client.request('/api/tasks', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return client.ended(((await response.json()) as Task).id);
}

t.test('an archive is converted without being sent again', async (t) => {
  const client = await newClient(system.origin);
  const zip = await archived(client);
  const task = await runOn(client, { files: [zip.results[0]?.id], format: 'tar.xz' });
  t.match(task, {
    operation: 'convert',
    status: 'processed',
    results: [{ name: 'archive.tar.xz' }],
  });
  const response = await client.request(`/api/tasks/${task.id}/result`);
  const read = await readArchive('tar.xz', await save(response, await scratch(t), 'a.tar.xz'));
  const expected = Object.entries(texts).map(async ([name, text]) => [
    name,
    await sha256Of(new Blob([text])),
  ]);
  t.strictSame([...read].sort(), (await Promise.all(expected)).sort());
});

t.test('an archive is taken apart into files', async (t) => {
  const client = await newClient(system.origin);
  const zip = await archived(client);
  const task = await runOn(client, { files: [zip.results[0]?.id], operation: 'decompress' });
  t.match(task, { status: 'processed', resultCount: 3, format: null });
  for (const { id, path } of task.results) {
    const response = await client.request(`/api/files/${id}/content`);
    t.equal(await response.text(), texts[path as keyof typeof texts], path);
  }
  const several = await client.request(`/api/tasks/${task.id}/result`);
  t.equal(several.status, 409);
  t.match(await several.json(), { type: '/problems/several-results' });

  const [first] = task.results;
  const gone = await client.request(`/api/files/${first?.id}`, { method: 'DELETE' });
  t.equal(gone.status, 204);
  const read = async () => (await (await client.request(`/api/tasks/${task.id}`)).json()) as Task;
  await until(async () => (await read()).resultCount === 2);
  const now = await read();
  t.match(now, { resultCount: 2, available: true });
  t.notOk(
    now.results.some(({ id }) => id === first?.id),
    'a deleted result is not shown',
  );
});

t.test('what is no archive fails with its reason', async (t) => {
  const client = await newClient(system.origin);
  const task = await client.run({ operation: 'decompress' }, [inputText('a.zip', 'no archive')]);
  t.equal(task.status, 'failed');
  t.match(task.error, { type: /^\/problems\/(archive-corrupt|unsupported-archive)$/ });
  t.equal(task.available, false);
});

t.test('an account goes with everything that it owned', async (t) => {
  const client = await newClient(system.origin);
  const marker = `owned by ${client.username}`;
  await client.run({ format: 'tar' }, [inputText('owned.txt', marker)]);
  t.equal((await blobsHolding(system.blobRoot, marker)).length, 2, 'the input and the result');
  t.equal((await client.request('/api/auth/me', { method: 'DELETE' })).status, 204);
  await until(async () => (await blobsHolding(system.blobRoot, marker)).length === 0);
});
