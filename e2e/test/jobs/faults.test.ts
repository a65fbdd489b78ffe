import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSystem } from '@comprimemelo/local/system/system';
import type { System } from '@comprimemelo/local/system/system-handle';
import t, { type Test } from 'tap';
import { type ApiClient, inputFile, inputText, newClient } from '../client/api-client.js';
import { readArchive, save, scratch, sha256Of } from '../client/foreign-readers.js';
import { until } from '../client/until.js';
import { webhookReceiver } from '../client/webhook-receiver.js';
import { filesBelow, testedSystem } from '../config.js';
import { checkDownloadRules } from './check-download-rules.js';

/** Above those of the tested system. */
const port = Number(new URL(testedSystem().origin).port) + 50;
/** Bytes that take xz a few seconds. */
const partOfNode = 30 * 2 ** 20;

/** A whole system of this file's own, to be broken; nginx fetches downloads from storage here. */
async function breakable(t: Test): Promise<System> {
  const dataDir = await mkdtemp(join(tmpdir(), 'faults-'));
  // The receivers of the tests are on this machine.
  const environment = { webhooks: { WEBHOOK_ALLOW_HTTP: '1', WEBHOOK_ALLOW_PRIVATE: '1' } };
  const system = await startSystem({ port, dataDir, environment, downloadVia: 'storage' });
  t.teardown(async () => {
    await system.close();
    await rm(dataDir, { recursive: true, force: true });
  });
  return system;
}

/** Until it holds; a service that is away does not answer. */
const soon = (holds: () => Promise<boolean>) => until(() => holds().catch(() => false));

const statusOf = async (client: ApiClient, id: string) => {
  const task = (await (await client.request(`/api/tasks/${id}`)).json()) as { status: string };
  return task.status;
};

const jobsEnded = async (system: System, taskId: string) => {
  const log = await readFile(join(system.directories.logs, 'compressor.log'), 'utf8');
  return log.split('\n').filter((line) => line.includes(taskId) && line.includes('job done'));
};

t.test('what was accepted is processed, whatever is killed', async (t) => {
  const system = await breakable(t);
  const client = await newClient(system.origin);
  await client.run({ format: 'zip' }, [inputText('warm.txt', 'up')]);
  await t.test('downloads from storage follow RFC 9110', async (t) => {
    await checkDownloadRules(t, client);
  });
  const blobsBefore = (await filesBelow(system.directories.blobs)).length;

  await t.test('tasks are taken while the broker is down', async (t) => {
    await system.stopBroker();
    const texts = ['one', 'two', 'three', 'four', 'five'];
    const ids: string[] = [];
    for (const text of texts) {
      const response = await client.createTask({ format: 'zip' }, [inputText(`${text}.txt`, text)]);
      t.equal(response.status, 202);
      ids.push(((await response.json()) as { id: string }).id);
    }
    t.strictSame(
      await Promise.all(ids.map((id) => statusOf(client, id))),
      texts.map(() => 'uploaded'),
    );
    await system.startBroker();
    for (const id of ids) t.match(await client.ended(id), { status: 'processed', resultCount: 1 });
  });

  await t.test('a worker that is killed in the middle gives its job back', async (t) => {
    const part = join(await scratch(t), 'part-of-node');
    await writeFile(part, (await readFile(process.execPath)).subarray(-partOfNode));
    const input = await inputFile(part);
    const response = await client.createTask({ format: 'xz', level: 'fastest' }, [input]);
    const { id } = (await response.json()) as { id: string };
    await soon(async () => (await statusOf(client, id)) === 'processing');
    const [before] = [system.pids().compressor];
    system.kill('compressor', 'SIGKILL');
    const task = await client.ended(id);
    t.match(task, { status: 'processed', attempts: 1, resultCount: 1 });
    t.not(system.pids().compressor, before, 'by another process');
    t.equal((await jobsEnded(system, id)).length, 1, 'once');

    const download = await client.request(`/api/tasks/${id}/result`);
    const path = await save(download, await scratch(t), 'part-of-node.xz');
    const [content] = [...(await readArchive('xz', path)).values()];
    t.equal(content, await sha256Of(part), 'every byte comes back');
    t.strictSame(await filesBelow(system.directories.scratch), [], 'the scratch is empty');
    t.equal((await client.request(`/api/tasks/${id}`, { method: 'DELETE' })).status, 204);
  });

  await t.test('the end of a task is told, whoever is killed around it', async (t) => {
    const receiver = await webhookReceiver(t);
    const registered = await client.request('/api/webhooks', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ url: receiver.url }),
    });
    t.equal(registered.status, 201);
    const { id } = (await registered.json()) as { id: string };
    for (const service of ['webhooks', 'tasks'] as const) {
      const input = inputText('a.txt', service);
      const created = await client.createTask({ format: 'zip' }, [input]);
      const task = (await created.json()) as { id: string };
      system.kill(service, 'SIGKILL');
      const told = () => receiver.received.map(({ body }) => JSON.parse(body).data.id as string);
      await soon(async () => told().includes(task.id));
    }
    t.equal((await client.request(`/api/webhooks/${id}`, { method: 'DELETE' })).status, 204);
  });

  await t.test('every service comes back from a crash', async (t) => {
    for (const service of ['storage', 'tasks', 'auth', 'files', 'notifier', 'webhooks'] as const) {
      system.kill(service, 'SIGKILL');
      await soon(async () => {
        const response = await fetch(`${system.urls.services[service]}/readyz`);
        return response.ok;
      });
      const task = await client.run({ format: 'tar' }, [inputText('a.txt', service)]);
      t.equal(task.status, 'processed', `after ${service} was killed`);
    }
  });

  await t.test('nothing is left over', async (t) => {
    const listed = (await (await client.request('/api/tasks?limit=100')).json()) as {
      items: { id: string }[];
    };
    for (const { id } of listed.items) {
      t.equal((await client.request(`/api/tasks/${id}`, { method: 'DELETE' })).status, 204);
    }
    const blobs = await filesBelow(system.directories.blobs);
    t.strictSame(blobs, [], `of ${blobsBefore} blobs and more`);
  });
});
