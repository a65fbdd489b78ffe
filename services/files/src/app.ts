import { File } from '@comprimemelo/contracts/file';
import { isUnavailable } from '@comprimemelo/prisma/client/database-errors';
import { type App, createHttpApp } from '@comprimemelo/service/http/http-app';
import { requireAccessToken } from '@comprimemelo/service/identity/access-token';
import multipart from '@fastify/multipart';
import type { FilesDependencies } from './dependencies.js';
import { deleteFile } from './routes/delete-file.js';
import { downloadFile } from './routes/download-file.js';
import { getFile } from './routes/get-file.js';
import { listFiles } from './routes/list-files.js';
import { uploadFiles } from './routes/upload-files.js';

/** Every route of the service. */
export async function buildApp(dependencies: FilesDependencies): Promise<App> {
  const { logger, checks } = dependencies;
  const app = await createHttpApp({
    service: 'files',
    logger,
    checks,
    // No total limit: a slow upload is ended by its minimum rate.
    requestTimeout: 0,
    unavailable: isUnavailable,
  });
  app.addSchema(File);
  await app.register(multipart);
  await app.register(async (scope: App) => {
    await requireAccessToken(scope, dependencies);
    uploadFiles(scope, dependencies);
    listFiles(scope, dependencies);
    getFile(scope, dependencies);
    downloadFile(scope, dependencies);
    deleteFile(scope, dependencies);
  });
  return app;
}
