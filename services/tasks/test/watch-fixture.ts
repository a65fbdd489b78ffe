import type { AddressInfo } from 'node:net';
import { exchanges } from '@comprimemelo/contracts/queues';
import { connect } from '@comprimemelo/messaging/connection';
import { createPublisher } from '@comprimemelo/messaging/publisher';
import { declareTopology } from '@comprimemelo/messaging/topology';
import { newId } from '@comprimemelo/prisma/client/identifiers';
import { createLogger } from '@comprimemelo/service/process/logger';
import { testBroker } from '@comprimemelo/testing/broker';
import { EventReader } from '@comprimemelo/testing/event-reader';
import type { Test } from 'tap';
import { buildApp, type TasksDependencies } from '../src/app.js';
import { watchTaskChanges } from '../src/task-changes.js';
import { secretsKey, type TasksFixture, tasksFixture } from './tasks-fixture.js';

const logger = createLogger('tasks', 'silent');

/** Changes as one instance hears and tells of them, by the broker; how many listen is counted. */
async function hintsBy(t: Test, url: string) {
  const broker = connect(url, { logger, name: t.name });
  declareTopology(broker);
  await broker.waitUntilReady(20_000);
  const publisher = createPublisher(broker);
  const heard = watchTaskChanges(broker);
  let listeners = 0;
  const changes = Object.assign(Object.create(heard) as typeof heard, {
    listen(...args: Parameters<typeof heard.listen>) {
      listeners += 1;
      const stop = heard.listen(...args);
      return () => {
        listeners -= 1;
        stop();
      };
    },
  });
  t.teardown(async () => {
    await Promise.all([heard.close(), publisher.close()]);
    await broker.close();
  });

  // What is announced before it listens is missed: hence again and again.
  const probe = { taskId: newId(), ownerId: newId() };
  const message = { exchange: exchanges.taskChanges, routingKey: probe.taskId, body: probe };
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => publisher.announce(message), 20);
    const stop = heard.listen(probe.taskId, () => {
      clearInterval(timer);
      stop();
      resolve();
    });
  });
  return { changes, publisher, listeners: () => listeners };
}

interface WatchOptions {
  maxStreams?: number;
  beat?: number;
}

export interface OpenOptions {
  /** The origin. */
  at?: string;
  by?: string;
  /** Of the token's life. */
  seconds?: number;
  headers?: Record<string, string>;
}

export interface WatchFixture extends TasksFixture {
  origin: string;
  /** Opens a stream. What is still open at the test's end is closed. */
  open(path: string, options?: OpenOptions): Promise<EventReader>;
  /** Opens the stream of all tasks, and resolves when it tells of what comes. */
  openAll(options?: OpenOptions): Promise<EventReader>;
  /** Starts another instance over the same database and broker. Resolves with its origin. */
  another(): Promise<string>;
  /** How many listen to changes. */
  listeners(): number;
}

/** The service as it listens, with a real broker. */
export async function watchFixture(t: Test, options: WatchOptions = {}): Promise<WatchFixture> {
  const broker = await testBroker();
  t.teardown(() => broker.delete());
  const { listeners, ...hints } = await hintsBy(t, broker.url);
  const fixture = await tasksFixture(t, { ...options, hints });
  const { app, db, storage, tokens, userId } = fixture;

  const listen = async (one: typeof app) => {
    await one.listen({ host: '127.0.0.1', port: 0 });
    return `http://127.0.0.1:${(one.server.address() as AddressInfo).port}`;
  };
  const origin = await listen(app);

  async function open(path: string, { at = origin, by = userId, ...more }: OpenOptions = {}) {
    const headers = { ...tokens.headersOf(by, more.seconds), ...more.headers };
    const reader = await EventReader.open(`${at}${path}`, headers);
    t.teardown(() => reader.close());
    return reader;
  }

  return {
    ...{ ...fixture, origin, open, listeners },
    openAll: async (options: OpenOptions = {}) => {
      const reader = await open('/api/tasks/events', options);
      await reader.until(() => reader.events.some(({ event }) => event !== 'task'));
      return reader;
    },
    another: async () => {
      const { listeners: _, ...own } = await hintsBy(t, broker.url);
      const dependencies: TasksDependencies = {
        ...{
          db,
          storage,
          ...own,
          secretsKey,
          logger,
          checks: {},
          relay: { wake: () => undefined },
        },
        ...{ verify: tokens.verify, maxUploadBytes: 1_000, maxStreams: 10 },
      };
      const other = await buildApp(dependencies);
      t.teardown(() => other.close());
      return listen(other);
    },
  };
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
