import { ArchiveEntry, ArchiveSummary } from '@comprimemelo/contracts/archive';
import { limits } from '@comprimemelo/contracts/limits';
import { StreamMark, Task, TaskDeleted, TaskState } from '@comprimemelo/contracts/task';
import type { BrokerConnection } from '@comprimemelo/messaging/connection';
import type { Consumer } from '@comprimemelo/messaging/consumer';
import type { Publisher } from '@comprimemelo/messaging/publisher';
import type { Database } from '@comprimemelo/prisma/client/client';
import { isUnavailable } from '@comprimemelo/prisma/client/database-errors';
import type { Check } from '@comprimemelo/service/http/health';
import { type App, createHttpApp } from '@comprimemelo/service/http/http-app';
import type { AccessTokenVerifier } from '@comprimemelo/service/identity/access-token';
import { requireAccessToken } from '@comprimemelo/service/identity/authenticate';
import type { Logger } from '@comprimemelo/service/process/logger';
import type { StorageClient } from '@comprimemelo/storage-client/storage-client';
import multipart from '@fastify/multipart';
import { consumeRemovals } from './removals/consume-removals.js';
import type { TaskEventDependencies } from './reports/attempt.js';
import { consumeDeadConversions } from './reports/consume-dead-conversions.js';
import { consumeTaskEvents } from './reports/consume-task-events.js';
import { cancelTask } from './routes/cancel-task.js';
import { createTask } from './routes/create-task.js';
import { deleteTask } from './routes/delete-task.js';
import { getResult } from './routes/get-result.js';
import { getTask } from './routes/get-task.js';
import { listEntries } from './routes/list-entries.js';
import { listFormats } from './routes/list-formats.js';
import { listTasks } from './routes/list-tasks.js';
import { retryTask } from './routes/retry-task.js';
import { updateTask } from './routes/update-task.js';
import { watchTask } from './routes/watch-task.js';
import { watchTasks } from './routes/watch-tasks.js';
import { StreamSeats } from './watch/stream-limits.js';
import type { TaskChanges } from './watch/task-changes.js';

export interface TasksDependencies {
  db: Database;
  storage: StorageClient;
  /** Sends what the outbox holds. */
  relay: { wake(): void };
  changes: Omit<TaskChanges, 'close'>;
  /** For the watchers of tasks, and the workers that are to stop. */
  publisher: Pick<Publisher, 'announce'>;
  verify: AccessTokenVerifier;
  /** TASK_SECRETS_KEY: seals the passwords of archives. */
  secretsKey: string;
  maxUploadBytes: number;
  /** Streams of events that are open here at once. */
  maxStreams: number;
  /** Milliseconds of silence after which a stream shows that it lives. Default: 15,000. */
  beat?: number;
  logger: Logger;
  checks: Record<string, Check>;
}

/** Every route of the service. */
export async function buildApp(dependencies: TasksDependencies): Promise<App> {
  const { logger, checks, verify, changes, maxStreams } = dependencies;
  const seats = new StreamSeats({ account: limits.accountStreams, process: maxStreams });
  const app = await createHttpApp({
    ...{ service: 'tasks', logger, checks },
    // Uploads are bounded by their pace.
    requestTimeout: 0,
    // The outbox keeps what the broker cannot take now.
    optional: ['broker'],
    unavailable: isUnavailable,
  });
  const schemas = [Task, TaskState, TaskDeleted, StreamMark, ArchiveEntry, ArchiveSummary];
  for (const schema of schemas) app.addSchema(schema);
  // Neither a long wait nor a stream holds up the end of the process.
  app.addHook('preClose', async () => changes.stop());
  await app.register(multipart);
  listFormats(app);
  await app.register(async (scope: App) => {
    requireAccessToken(scope, verify);
    createTask(scope, dependencies);
    listTasks(scope, dependencies);
    getTask(scope, dependencies);
    watchTask(scope, { ...dependencies, seats });
    watchTasks(scope, { ...dependencies, seats });
    getResult(scope, dependencies);
    listEntries(scope, dependencies);
    updateTask(scope, dependencies);
    retryTask(scope, dependencies);
    cancelTask(scope, dependencies);
    deleteTask(scope, dependencies);
  });
  return app;
}

/** Every queue that the service consumes. */
export const startConsumers = (
  broker: BrokerConnection,
  dependencies: TaskEventDependencies,
): Consumer[] => [
  consumeTaskEvents(broker, dependencies),
  consumeDeadConversions(broker, dependencies),
  consumeRemovals(broker, dependencies),
];
