import { execFile } from 'node:child_process';
import { mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { File } from '@comprimemelo/contracts/file';
import type { Task } from '@comprimemelo/contracts/task';
import t, { type Test } from 'tap';
import { type ApiClient, inputText, newClient } from '../client/api-client.js';
import { save, scratch } from '../client/foreign-readers.js';
import { childEnvironment, testedSystem } from '../config.js';

const { origin } = testedSystem();
const run = promisify(execFile);
const time = '2021-05-06T07:08:10.000Z';

/** A form with a time before one file and in the part of another. */
function photos(fields: Record<string, string> = {}): RequestInit {
  const part = (head: string, body: string, more = '') =>
    `--B\r\nContent-Disposition: form-data; ${head}\r\n${more}\r\n${body}\r\n`;
  const file = 'name="file"; filename=';
  const parts = [
    ...Object.entries(fields).map(([name, value]) => part(`name="${name}"`, value)),
    part('name="modified"', 'Thu, 06 May 2021 07:08:10 GMT'),
    part(`${file}"photos/2026/a.jpg"`, 'a'),
    part('name="webkitRelativePath"', 'photos/ä/b.jpg'),
    part(`${file}"b.jpg"`, 'b', 'Last-Modified: 2021-05-06T09:08:10+02:00\r\n'),
    part(`${file}"photos/2026/a.jpg"`, 'another', `Last-Modified: ${time}\r\n`),
  ];
  const headers = { 'content-type': 'multipart/form-data; boundary=B' };
  return { method: 'POST', headers, body: `${parts.join('')}--B--\r\n` };
}

const kept = ['photos/2026/a (2).jpg', 'photos/2026/a.jpg', 'photos/ä/b.jpg'];

/** The files of the only result by path, with their times, as libarchive sees them. */
async function unpacked(t: Test, client: ApiClient, task: Task): Promise<Record<string, string>> {
  const directory = await scratch(t);
  const response = await client.request(`/api/tasks/${task.id}/result`);
  const archive = await save(response, directory, 'archive');
  const folder = join(directory, 'out');
  await mkdir(folder);
  const env = childEnvironment({ LC_ALL: 'C.UTF-8' });
  await run('bsdtar', ['-xf', archive, '-C', folder], { env });
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = found
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
  const times = await Promise.all(
    paths.sort().map(async (path) => (await stat(join(folder, path))).mtime.toISOString()),
  );
  return Object.fromEntries(paths.map((path, at) => [path, times[at] ?? '']));
}

const timed = (paths: string[]) => Object.fromEntries(paths.map((path) => [path, time]));

async function createdTask(client: ApiClient, init: RequestInit): Promise<Task> {
  const response = await client.request('/api/tasks', init);
  const task = (await response.json()) as Task;
  if (response.status !== 202) throw new Error(JSON.stringify(task));
  return client.ended(task.id);
}

for (const format of ['zip', '7z', 'tar', 'tar.gz']) {
  t.test(`${format}: folders and times of a form`, async (t) => {
    const client = await newClient(origin);
    const task = await createdTask(client, photos({ format }));
    t.match(task, {
      status: 'processed',
      report: [],
      files: [
        { name: 'a.jpg', path: 'photos/2026/a.jpg', modified: time },
        { name: 'b.jpg', path: 'photos/ä/b.jpg', modified: time },
        { name: 'a.jpg', path: 'photos/2026/a.jpg', modified: time },
      ],
      results: [{ name: `photos.${format}` }],
    });
    t.same(await unpacked(t, client, task), timed(kept));
  });
}

t.test('folders and times of files that were uploaded before, and without folders', async (t) => {
  const client = await newClient(origin);
  const { items } = (await (await client.request('/api/files', photos())).json()) as {
    items: File[];
  };
  t.match(items, [
    { name: 'a.jpg', path: 'photos/2026/a.jpg', modified: time },
    { name: 'b.jpg', path: 'photos/ä/b.jpg', modified: time },
    { path: 'photos/2026/a.jpg', modified: time },
  ]);
  const json = (method: string, body: object): RequestInit => ({
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const files = items.map(({ id }) => id);
  const task = await createdTask(client, json('POST', { files, format: 'zip' }));
  t.same(await unpacked(t, client, task), timed(kept));

  const flatten = json('PATCH', { options: { paths: 'flatten' } });
  t.equal((await client.request(`/api/tasks/${task.id}`, flatten)).status, 202);
  const flat = await client.ended(task.id);
  t.match(flat, { status: 'processed', options: { paths: 'flatten' } });
  t.same(await unpacked(t, client, flat), timed(['a (2).jpg', 'a.jpg', 'b.jpg']));

  const back = json('PATCH', { options: { paths: null }, format: 'tar' });
  await client.request(`/api/tasks/${task.id}`, back);
  t.same(await unpacked(t, client, await client.ended(task.id)), timed(kept));
});

t.test('a path that leads out, and an absolute one, are refused with a reason', async (t) => {
  const client = await newClient(origin);
  for (const name of ['../a', 'x/../../a', '/etc/passwd', 'C:\\a', '\\\\server\\a']) {
    const response = await client.createTask({ format: 'zip' }, [inputText(name, 'x')]);
    t.equal(response.status, 422, name);
    t.match(await response.json(), {
      type: '/problems/unusable-name',
      detail: /absolute|leads out/,
    });
  }
});
