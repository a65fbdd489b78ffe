import { Task } from '@comprimemelo/contracts/task';
import { accountExists } from '@comprimemelo/prisma/client/account-exists';
import type { App } from '@comprimemelo/service/http/http-app';
import { problemResponses, ref, secured, sends } from '@comprimemelo/service/http/openapi';
import { messageHeaders } from '@comprimemelo/service/http/request-context';
import { ProblemError } from '@comprimemelo/service/problem/problem-error';
import { deleteBlobs } from '@comprimemelo/storage-client/delete-blobs';
import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import type { TasksDependencies } from '../dependencies.js';
import { acceptTask } from '../lifecycle/new-task.js';
import { announceChange } from '../outgoing/announce.js';
import {
  beginIdempotent,
  type IdempotentRequest,
  replay,
  requestHashes,
} from '../request/idempotency.js';
import { planTask } from '../request/plan-task.js';
import { type ReceivedTask, receiveTask, taskBody } from '../request/task-body.js';

const schema = {
  operationId: 'createTask',
  tags: ['Tasks'],
  summary: 'Create a task',
  description:
    'Send a multipart form with one or more parts named `file` and the fields `format`, `operation`, and either ' +
    '`options` (JSON) or `level`, `name` and `password`, in any order. The file name of a part may be a relative path, ' +
    'which compress keeps; `path` and `modified` stand before the part that they belong to. Or send JSON with the ids of files that are ' +
    'already uploaded. The parts of a split archive (`.part1.rar`, `.r00`, `.7z.001`, `.zip.001`, `.z01` and the like) ' +
    'are one archive, in any order. When `convert` has a password, it opens the inputs and also protects the result; if the ' +
    'target format does not support passwords, the result is not protected, and `report` says so.',
  security: secured,
  body: taskBody,
  headers: Type.Object({
    'idempotency-key': Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 191,
        description:
          'A unique key for this request. Repeating the request with the same key within 24 hours returns the first response again',
      }),
    ),
  }),
  response: {
    202: {
      ...ref(Task),
      ...sends('Location', 'Retry-After'),
      description: 'The task was accepted and its files are stored',
    },
    ...problemResponses(
      'invalid-request',
      'malformed-multipart',
      'upload-truncated',
      'unauthenticated',
      'file-not-found',
      'idempotency-in-flight',
      'upload-too-large',
      'unsupported-media-type',
      'no-file',
      'unsupported-format',
      'single-file-format',
      'unsupported-option',
      'unsupported-encoding',
      'unusable-name',
      'too-many-files',
      'idempotency-mismatch',
      'unavailable',
      'insufficient-storage',
    ),
  },
};

/** Creates the task, or returns the one that its Idempotency-Key created before. */
async function taskOf(
  request: FastifyRequest,
  { requested, inputs }: ReceivedTask,
  idempotent: IdempotentRequest | undefined,
  { db, storage, relay, publisher, secretsKey }: TasksDependencies,
): Promise<Task> {
  const blobKeys = inputs.filter(({ isNew }) => isNew).map(({ blobKey }) => blobKey);
  try {
    if (inputs.length === 0) throw new ProblemError('no-file');
    const names = inputs.map(({ name }) => name);
    const plan = planTask(requested(), names);
    const hashes = requestHashes(plan, inputs, secretsKey);
    if (idempotent?.first !== undefined) {
      const first = replay(idempotent.first, hashes);
      await deleteBlobs(storage, blobKeys);
      return first;
    }
    if (!(await accountExists(db.pool, request.userId))) {
      throw new ProblemError('unauthenticated', {
        detail: 'The account was deleted. Log in with another account, or sign up.',
      });
    }
    const task = await acceptTask(
      db,
      { ownerId: request.userId, plan, inputs, secretsKey, headers: messageHeaders(request) },
      (answer) => idempotent?.keep(hashes[0], answer) ?? [],
    );
    relay.wake();
    announceChange(publisher, { taskId: task.id, ownerId: request.userId });
    return task;
  } catch (error) {
    // After any other failure the commit may have succeeded, so the blobs are left to the reconciler.
    if (error instanceof ProblemError) await deleteBlobs(storage, blobKeys);
    throw error;
  }
}

export function createTask(app: App, dependencies: TasksDependencies): void {
  app.post('/api/tasks', { schema }, async (request, reply) => {
    const key = request.headers['idempotency-key'];
    const idempotent =
      key === undefined ? undefined : await beginIdempotent(dependencies.db, request.userId, key);
    try {
      const received = await receiveTask(request, dependencies);
      const task = await taskOf(request, received, idempotent, dependencies);
      reply.code(202).headers({ location: `/api/tasks/${task.id}`, 'retry-after': '1' });
      return task;
    } catch (error) {
      const released = idempotent?.release();
      // Any other failure may be one of the database: the answer does not wait for it twice.
      if (error instanceof ProblemError) await released;
      throw error;
    } finally {
      idempotent?.stop();
    }
  });
}
