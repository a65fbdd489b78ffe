import { ArchiveEntry, ArchiveSummary } from '@comprimemelo/contracts/archive';
import { Task } from '@comprimemelo/contracts/task';
import type { BrokerConnection } from '@comprimemelo/messaging/connection';
import type { Consumer } from '@comprimemelo/messaging/consumer';
import type { Publisher } from '@comprimemelo/messaging/publisher';
import type { Database } from '@comprimemelo/prisma/client';
import { isUnavailable } from '@comprimemelo/prisma/database-errors';
import type { AccessTokenVerifier } from '@comprimemelo/service/access-token';
import { requireAccessToken } from '@comprimemelo/service/authenticate';
import type { Check } from '@comprimemelo/service/health';
import { type App, createHttpApp } from '@comprimemelo/service/http-app';
import type { Logger } from '@comprimemelo/service/logger';
import type { StorageClient } from '@comprimemelo/storage-client/storage-client';
import multipart from '@fastify/multipart';
import { consumeDeadConversions } from './consume-dead-conversions.js';
import { consumeRemovals } from './consume-removals.js';
import { consumeTaskEvents } from './consume-task-events.js';
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
import type { TaskChanges } from './task-changes.js';
import type { TaskEventDependencies } from './task-event.js';

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
  logger: Logger;
  checks: Record<string, Check>;
}

/** Every route of the service. */
export async function buildApp(dependencies: TasksDependencies): Promise<App> {
  const { logger, checks, verify, changes } = dependencies;
  const app = await createHttpApp({
    ...{ service: 'tasks', logger, checks },
    // Uploads are bounded by their pace.
    requestTimeout: 0,
    // The outbox keeps what the broker cannot take now.
    optional: ['broker'],
    unavailable: isUnavailable,
  });
  for (const schema of [Task, ArchiveEntry, ArchiveSummary]) app.addSchema(schema);
  // A long wait must not hold up the end of the process.
  app.addHook('preClose', async () => changes.stop());
  await app.register(multipart);
  listFormats(app);
  await app.register(async (scope: App) => {
    requireAccessToken(scope, verify);
    createTask(scope, dependencies);
    listTasks(scope, dependencies);
    getTask(scope, dependencies);
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
