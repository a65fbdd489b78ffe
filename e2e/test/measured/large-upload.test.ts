import { randomBytes } from 'node:crypto';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { inputText, newClient } from '../client/api-client.js';
import { createTaskByCurl, sha256ByCurl } from '../client/curl.js';
import { scratch } from '../client/foreign-readers.js';
import { resident } from '../client/resident.js';
import { blobsHolding, filesBelow, testedSystem } from '../config.js';

const system = testedSystem();
const mebibyte = 2 ** 20;
const size = 1024 * mebibyte;

async function largeFile(path: string, marker: string): Promise<void> {
  const file = await open(path, 'w');
  const block = randomBytes(16 * mebibyte);
  for (let written = 0; written < size; written += block.length) {
    block.write(`${marker} ${written}`);
    await file.write(block);
  }
  await file.close();
}

t.test('1 GB goes through without filling memory, and leaves nothing', async (t) => {
  const client = await newClient(system.origin);
  // What every service needs at its first request is not what the size of an upload costs.
  await client.run({ format: 'tar' }, [inputText('warm', 'up'.repeat(mebibyte))]);

  const marker = randomBytes(16).toString('hex');
  const path = join(await scratch(t), 'large.bin');
  await largeFile(path, marker);
  const before = await resident();
  const peak = { ...before };
  const watch = setInterval(async () => {
    for (const [name, bytes] of Object.entries(await resident())) {
      peak[name] = Math.max(peak[name] ?? 0, bytes);
    }
  }, 100);
  t.teardown(() => clearInterval(watch));

  const { id } = await createTaskByCurl(client, { format: 'tar' }, path);
  const task = await client.ended(id);
  t.equal(task.status, 'processed');
  const [result] = task.results;
  const content = `/api/files/${result?.id}/content`;
  t.equal(await sha256ByCurl(client, content), result?.sha256);
  clearInterval(watch);
  for (const [name, bytes] of Object.entries(peak)) {
    const grown = Math.round((bytes - (before[name] ?? 0)) / mebibyte);
    t.ok(grown < 64, `${name} has grown by ${grown} MB`);
  }

  const keys = await blobsHolding(system.blobRoot, marker);
  t.equal(keys.length, 2, 'the upload and the result are stored');
  t.equal((await client.request(`/api/tasks/${task.id}`, { method: 'DELETE' })).status, 204);
  t.strictSame(await blobsHolding(system.blobRoot, marker), [], 'and gone with the task');
  const left = await filesBelow(system.scratchDir);
  t.notOk(
    left.some((name) => name.includes('large')),
    'nothing is left in scratch',
  );
});
