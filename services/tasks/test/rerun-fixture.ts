import type { Task } from '@comprimemelo/contracts/task';
import { toBytes } from '@comprimemelo/prisma/client/identifiers';
import type { LightMyRequestResponse } from 'fastify';
import type { Test } from 'tap';
import { applyCompleted } from '../src/apply-completed.js';
import { applyFailed } from '../src/apply-failed.js';
import { completed, storedResult } from './events.js';
import { tasksFixture } from './tasks-fixture.js';

/** The fixture, with ways to bring a task to an end. */
export async function rerunFixture(t: Test) {
  const fixture = await tasksFixture(t);
  const { db, events, storage, request } = fixture;
  const error = { type: '/problems/archive-corrupt', title: 'Broken' };
  return {
    ...fixture,
    process: async ({ id }: Task) => {
      const result = await storedResult(storage);
      await applyCompleted(completed(id, [result]), events, {});
      return result;
    },
    fail: ({ id }: Task) => applyFailed({ taskId: id, attempt: 1, error }, events, {}),
    row: ({ id }: Task) => db.prisma.task.findUniqueOrThrow({ where: { id: toBytes(id) } }),
    lastJob: async () => {
      const where = { exchange: 'conversions' };
      const message = await db.prisma.outboxMessage.findFirstOrThrow({
        ...{ where, orderBy: { id: 'desc' } },
      });
      return { ...message, job: JSON.parse(message.body) };
    },
    patch: (task: Task, payload: object, by?: string): Promise<LightMyRequestResponse> =>
      request('PATCH', `/api/tasks/${task.id}`, { payload, ...(by ? { by } : {}) }),
    post: (
      task: Task,
      action: 'retry' | 'cancel',
      payload?: object,
      by?: string,
    ): Promise<LightMyRequestResponse> =>
      request('POST', `/api/tasks/${task.id}/${action}`, {
        ...(payload ? { payload } : {}),
        ...(by ? { by } : {}),
      }),
  };
}
