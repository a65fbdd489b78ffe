import { blobAreas } from '@comprimemelo/contracts/blob-keys';
import type { File } from '@comprimemelo/contracts/file';
import { openDatabase } from '@comprimemelo/prisma/client/client';
import { newId, toBytes } from '@comprimemelo/prisma/client/identifiers';
import { createLogger } from '@comprimemelo/service/process/logger';
import { testDatabase } from '@comprimemelo/testing/database';
import { testStorage } from '@comprimemelo/testing/storage';
import { testTokens } from '@comprimemelo/testing/tokens';
import type { LightMyRequestResponse } from 'fastify';
import root, { type Test } from 'tap';
import { buildApp } from '../src/app.js';

/** One database and one storage for a whole test file: to start them takes longer than most tests. */
async function openBackends() {
  const database = await testDatabase();
  const db = openDatabase(database.url);
  const store = await testStorage();
  root.teardown(async () => {
    await db.close();
    await store.stop();
    await database.drop();
  });
  return { db, store };
}

let backends: ReturnType<typeof openBackends> | undefined;

/** The backends as if nobody had been there. */
async function cleanBackends() {
  backends ??= openBackends();
  const { db, store } = await backends;
  await db.prisma.taskInput.deleteMany();
  for (const table of ['task', 'file', 'user', 'outboxMessage', 'idempotencyKey'] as const) {
    await (db.prisma[table] as typeof db.prisma.user).deleteMany();
  }
  const client = store.client('tasks');
  for (const area of blobAreas) {
    const { items } = await client.list({ area });
    await Promise.all(items.map(({ key }) => client.delete(key)));
  }
  return { db, store };
}

/** The service's app over an empty database and storage, and a user. */
export async function filesFixture(t: Test, { maxUploadBytes = 1_000_000 } = {}) {
  const { db, store } = await cleanBackends();
  const tokens = testTokens();
  const userId = newId();
  const person = { username: 'ada', email: 'ada@example.com', passwordHash: '' };
  await db.prisma.user.create({
    data: { id: toBytes(userId), ...person, createdAt: new Date() },
  });
  const app = await buildApp({
    db,
    storage: store.client('files'),
    findKey: tokens.findKey,
    hasEnded: () => false,
    maxUploadBytes,
    checks: {},
    storageIdentity: () => 'Bearer of-files',
    downloadKey: 'of-nginx',
    logger: createLogger('files', 'silent'),
  });
  t.teardown(async () => {
    await app.close();
  });

  const request = (
    method: 'GET' | 'HEAD' | 'POST' | 'DELETE',
    url: string,
    headers: Record<string, string> = {},
    { by = userId, payload }: { by?: string; payload?: Buffer } = {},
  ): Promise<LightMyRequestResponse> =>
    app.inject({
      method,
      url,
      headers: { ...tokens.headersOf(by), ...headers },
      ...(payload === undefined ? {} : { payload }),
    });

  const upload = async (...files: [name: string, text: string][]) => {
    const form = new FormData();
    for (const [name, text] of files) {
      form.append('file', new Blob([text], { type: 'text/plain' }), name);
    }
    const encoded = new Response(form);
    return request(
      'POST',
      '/api/files',
      { 'content-type': encoded.headers.get('content-type') ?? '' },
      { payload: Buffer.from(await encoded.arrayBuffer()) },
    );
  };

  return {
    db,
    store,
    userId,
    request,
    upload,
    uploaded: async (name: string, text: string) =>
      (await upload([name, text])).json().items[0] as File,
  };
}
