import type { ArchiveEntry } from '@comprimemelo/contracts/archive';
import type { Task } from '@comprimemelo/contracts/task';
import t from 'tap';
import { type ApiClient, inputText, newClient } from '../client/api-client.js';
import { testedSystem } from '../config.js';

const system = testedSystem();
const type = { 'content-type': 'application/json' };

const send = (client: ApiClient, method: string, path: string, body?: object) =>
  client.request(path, {
    method,
    ...(body === undefined ? {} : { headers: type, body: JSON.stringify(body) }),
  });

t.test('a task runs again with another format, and its former result is gone', async (t) => {
  const client = await newClient(system.origin);
  const first = await client.run({ format: 'zip' }, [inputText('a.txt', 'aaa')]);
  const changed = await send(client, 'PATCH', `/api/tasks/${first.id}`, { format: 'tgz' });
  t.equal(changed.status, 202);
  t.equal(changed.headers.get('location'), `/api/tasks/${first.id}`);
  const task = await client.ended(first.id);
  t.match(task, { status: 'processed', attempts: 2, results: [{ name: 'a.tar.gz' }] });
  const former = await client.request(`/api/files/${first.results[0]?.id}`);
  t.equal(former.status, 404);
  const result = await client.request(`/api/tasks/${first.id}/result`);
  t.equal(result.status, 200);
  await result.body?.cancel();
});

t.test('the entries of an archive are listed, page by page', async (t) => {
  const client = await newClient(system.origin);
  const names = ['a.txt', 'b.txt', 'c.txt', 'ñ.txt', 'e.txt'];
  const inputs = names.map((name) => inputText(name, name));
  const { results } = await client.run({ format: 'zip' }, inputs);
  let path = `/api/files/${results[0]?.id}/entries?limit=2`;
  const begun = await client.request(path);
  t.equal(begun.status, 202);
  const task = await client.ended(((await begun.json()) as Task).id);
  t.match(task, { operation: 'inspect', status: 'processed', available: false });
  const seen: string[] = [];
  while (path !== '') {
    const page = await client.request(path);
    t.equal(page.status, 200);
    const { items } = (await page.json()) as { items: ArchiveEntry[] };
    seen.push(...items.map((entry) => entry.path));
    path = /^<(.*)>; rel="next"$/.exec(page.headers.get('link') ?? '')?.[1] ?? '';
  }
  t.strictSame(seen.sort(), names.sort());
});

t.test('a task is cancelled, and tried again', async (t) => {
  const client = await newClient(system.origin);
  const large = { name: 'large.bin', content: new Blob([new Uint8Array(64 * 1024 * 1024)]) };
  t.ok(large.content.size);
  const form = new FormData();
  form.append('file', large.content, large.name);
  form.append('format', '7z');
  form.append('level', 'best');
  const created = await client.request('/api/tasks', { method: 'POST', body: form });
  const { id } = (await created.json()) as Task;
  const cancelled = await send(client, 'POST', `/api/tasks/${id}/cancel`);
  t.equal(cancelled.status, 200);
  t.match(await client.ended(id), { status: 'cancelled', available: false, resultCount: 0 });
  t.equal((await send(client, 'POST', `/api/tasks/${id}/cancel`)).status, 409);
  t.equal((await send(client, 'POST', `/api/tasks/${id}/retry`)).status, 202);
  t.match(await client.ended(id), { status: 'processed', attempts: 2 });
});

t.test('a protected archive opens with its password alone', async (t) => {
  const client = await newClient(system.origin);
  const texts = [inputText('a.txt', 'aaa'), inputText('b.txt', 'bbb')];
  const options = JSON.stringify({ encryptNames: true });
  const packed = await client.run({ format: '7z', password: 'between us', options }, texts);
  t.match(packed, { status: 'processed', options: { encryptNames: true } });
  const archive = packed.results[0]?.id;

  const body = { files: [archive], operation: 'decompress', options: { entries: ['b.txt'] } };
  const created = await send(client, 'POST', '/api/tasks', body);
  const { id } = (await created.json()) as Task;
  t.match(await client.ended(id), { error: { type: '/problems/password-required' } });
  const retry = (password: string) => send(client, 'POST', `/api/tasks/${id}/retry`, { password });
  t.equal((await retry('between them')).status, 202);
  t.match(await client.ended(id), { error: { type: '/problems/password-wrong' } });
  t.equal((await retry('between us')).status, 202);
  const opened = await client.ended(id);
  t.match(opened, { status: 'processed', attempts: 3, results: [{ path: 'b.txt' }] });
  const content = await client.request(`/api/files/${opened.results[0]?.id}/content`);
  t.equal(await content.text(), 'bbb');

  const looked = await client.request(`/api/files/${archive}/entries`);
  await client.ended(((await looked.json()) as Task).id);
  const hidden = await client.request(`/api/files/${archive}/entries`);
  t.match(await hidden.json(), { archive: { passwordRequired: true }, items: [] });
});
