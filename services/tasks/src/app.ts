import { ArchiveEntry, ArchiveSummary } from '@comprimemelo/contracts/archive';
import { limits } from '@comprimemelo/contracts/limits';
import { StreamMark, Task, TaskDeleted, TaskState } from '@comprimemelo/contracts/task';
import { isUnavailable } from '@comprimemelo/prisma/client/database-errors';
import { type App, createHttpApp } from '@comprimemelo/service/http/http-app';
import { requireAccessToken } from '@comprimemelo/service/identity/access-token';
import multipart from '@fastify/multipart';
import type { TasksDependencies } from './dependencies.js';
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

/** Every route of the service. */
export async function buildApp(dependencies: TasksDependencies): Promise<App> {
  const { logger, checks, changes, maxStreams } = dependencies;
  const seats = new StreamSeats({ account: limits.accountStreams, process: maxStreams });
  const app = await createHttpApp({
    service: 'tasks',
    logger,
    checks,
    // No total limit: a slow upload is ended by its minimum rate.
    requestTimeout: 0,
    // The outbox keeps messages while the broker is down.
    optional: ['broker'],
    unavailable: isUnavailable,
  });
  const schemas = [Task, TaskState, TaskDeleted, StreamMark, ArchiveEntry, ArchiveSummary];
  for (const schema of schemas) app.addSchema(schema);
  // Long waits and streams must not delay the shutdown.
  app.addHook('preClose', async () => changes.stop());
  await app.register(multipart);
  listFormats(app);
  await app.register(async (scope: App) => {
    await requireAccessToken(scope, dependencies);
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
