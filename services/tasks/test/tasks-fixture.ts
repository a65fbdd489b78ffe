import { randomBytes } from 'node:crypto';
import { type BlobArea, blobAreas, blobKey } from '@comprimemelo/contracts/blob-keys';
import type { Task } from '@comprimemelo/contracts/task';
import { openDatabase } from '@comprimemelo/prisma/client/client';
import { newId, toBytes } from '@comprimemelo/prisma/client/identifiers';
import { createLogger, type Logger } from '@comprimemelo/service/process/logger';
import { testDatabase } from '@comprimemelo/testing/database';
import { testStorage } from '@comprimemelo/testing/storage';
import { testTokens } from '@comprimemelo/testing/tokens';
import type { LightMyRequestResponse } from 'fastify';
import root, { type Test } from 'tap';
import { buildApp, type TasksDependencies } from '../src/app.js';
import type { TaskEventDependencies } from '../src/task-event.js';

/** TASK_SECRETS_KEY of the tests. */
export const secretsKey = randomBytes(32).toString('base64url');

export type Upload = [name: string, text: string];

async function multipart(fields: Record<string, string>, files: Upload[]) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  for (const [name, text] of files) form.append('file', new Blob([text]), name);
  const encoded = new Response(form);
  return {
    type: encoded.headers.get('content-type') ?? '',
    body: Buffer.from(await encoded.arrayBuffer()),
  };
}

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
  await db.prisma.webhook.deleteMany();
  const client = store.client('tasks');
  for (const area of blobAreas) {
    const { items } = await client.list({ area });
    await Promise.all(items.map(({ key }) => client.delete(key)));
  }
  return { db, store };
}

interface FixtureOptions {
  maxUploadBytes?: number;
  logger?: Logger;
  maxStreams?: number;
  beat?: number;
  /** How changes are heard of and announced. Left out, they are kept, and nobody hears of them. */
  hints?: Pick<TasksDependencies, 'changes' | 'publisher'>;
}

/** Nobody hears of changes. */
const deaf: TasksDependencies['changes'] = {
  ...{ next: async () => undefined, listen: () => () => undefined, trust: 1_000 },
  ...{ stop: () => undefined, stopped: false },
};

/** The service's app over an empty database and storage, and a user. */
export async function tasksFixture(
  t: Test,
  {
    maxUploadBytes = 1_000_000,
    logger = createLogger('tasks', 'silent'),
    maxStreams = 10,
    beat = 15_000,
    hints,
  }: FixtureOptions = {},
) {
  const { db, store } = await cleanBackends();
  const storage = store.client('tasks');
  const tokens = testTokens();
  const relay = { wake: () => undefined };
  const announced: unknown[] = [];
  const keep = ({ body }: { body: unknown }) => void announced.push(body);
  const { changes, publisher } = hints ?? { changes: deaf, publisher: { announce: keep } };
  const events: TaskEventDependencies = { db, storage, publisher, relay, logger };
  const app = await buildApp({
    ...{ db, storage, relay, changes, publisher, secretsKey, maxUploadBytes, logger, checks: {} },
    ...{ maxStreams, beat },
    verify: tokens.verify,
  });
  t.teardown(async () => {
    await app.close();
  });

  const userId = newId();
  await db.prisma.user.create({
    data: {
      id: toBytes(userId),
      ...{ username: 'ada', email: 'ada@example.com', passwordHash: '', firstName: 'Ada' },
      createdAt: new Date(),
    },
  });

  const request = (
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    url: string,
    { by = userId, headers = {}, payload }: RequestOptions = {},
  ): Promise<LightMyRequestResponse> =>
    app.inject({
      method,
      url,
      headers: { ...tokens.headersOf(by), ...headers },
      ...(payload === undefined ? {} : { payload }),
    });

  const create = async (
    fields: Record<string, string>,
    files: Upload[],
    headers: Record<string, string> = {},
  ): Promise<LightMyRequestResponse> => {
    const { type, body } = await multipart(fields, files);
    return request('POST', '/api/tasks', {
      headers: { 'content-type': type, ...headers },
      payload: body,
    });
  };

  return {
    ...{ app, db, store, storage, tokens, userId, request, create, announced },
    events,
    /** The attempts whose workers were told to stop. */
    cancels: () => announced.filter((body) => 'attempt' in (body as object)),
    /** Stores a text as the compressor does; returns its key. */
    put: async (area: BlobArea, text: string) => {
      const key = blobKey(area, newId());
      await store.client('compressor').put(key, [Buffer.from(text)]);
      return key;
    },
    /** What a request has left: rows and blobs. */
    left: async () => ({
      tasks: await db.prisma.task.count(),
      files: await db.prisma.file.count(),
      messages: await db.prisma.outboxMessage.count(),
      blobs: (await store.filesIn('uploads')).length + (await store.filesIn('results')).length,
    }),
    created: async (
      fields: Record<string, string> = { format: 'zip' },
      files: Upload[] = [['a.txt', 'aaa']],
    ) => (await create(fields, files)).json() as Task,
  };
}

export type TasksFixture = Awaited<ReturnType<typeof tasksFixture>>;

export interface RequestOptions {
  by?: string;
  headers?: Record<string, string>;
  payload?: Buffer | object;
}
