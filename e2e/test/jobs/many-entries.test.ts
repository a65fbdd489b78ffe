import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { File } from '@comprimemelo/contracts/file';
import t, { type Test } from 'tap';
import { type ApiClient, inputFile, newClient } from '../client/api-client.js';
import { scratch, sha256Of } from '../client/foreign-readers.js';
import { filesBelow, testedSystem } from '../config.js';

const system = testedSystem();
const run = promisify(execFile);
const count = 10_000;
/** The content of an entry of 1,000 bytes: no two are the same. */
const content = (at: number) => `${at} `.repeat(1_000).slice(0, 1_000);

/** An archive of many small files, in a hundred directories. */
async function manyEntries(t: Test): Promise<string> {
  const folder = await scratch(t);
  for (let at = 0; at < count; at += 1) {
    const directory = join(folder, 'many', `${at % 100}`);
    if (at < 100) await mkdir(directory, { recursive: true });
    await writeFile(join(directory, `${at}.txt`), content(at));
  }
  const archive = join(folder, 'many.tar');
  await run('tar', ['-cf', archive, '-C', join(folder, 'many'), '.']);
  return archive;
}

async function allResults(client: ApiClient, task: string): Promise<File[]> {
  const files: File[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const query: string = `task=${task}&kind=result&limit=100&cursor=${cursor}`;
    const response = await client.request(`/api/files?${query.replace(/&cursor=$/, '')}`);
    const page = (await response.json()) as { items: File[]; nextCursor: string | null };
    files.push(...page.items);
    cursor = page.nextCursor;
  }
  return files;
}

t.test('10,000 small entries: each is a result, and goes with its task', async (t) => {
  const client = await newClient(system.origin);
  const archive = await inputFile(await manyEntries(t));
  const from = performance.now();
  const task = await client.run({ operation: 'decompress' }, [archive]);
  t.comment(`processed after ${((performance.now() - from) / 1_000).toFixed(1)} s`);
  t.match(task, { status: 'processed', resultCount: count, error: null });
  t.equal(task.results.length, 100, 'the task shows the first of them');

  const files = await allResults(client, task.id);
  t.equal(files.length, count);
  t.equal(new Set(files.map(({ path }) => path)).size, count);
  for (const { path, size, sha256 } of files.slice(0, 10)) {
    const at = Number(/(\d+)\.txt$/.exec(path)?.[1]);
    t.equal(sha256, await sha256Of(new Blob([content(at)])), path);
    t.equal(size, 1_000);
  }
  const [file] = files;
  const response = await client.request(`/api/files/${file?.id}/content`);
  t.equal(await sha256Of(new Blob([await response.arrayBuffer()])), file?.sha256);

  const deleted = await client.request(`/api/tasks/${task.id}`, { method: 'DELETE' });
  t.equal(deleted.status, 204);
  const ids = new Set(files.map(({ id }) => id));
  const left = await filesBelow(join(system.blobRoot, 'results'));
  t.strictSame(
    left.filter((path) => ids.has(path.slice(-36))),
    [],
    'no blob is left',
  );
});
