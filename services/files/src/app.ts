import { File } from '@comprimemelo/contracts/file';
import type { Database } from '@comprimemelo/prisma/client/client';
import { isUnavailable } from '@comprimemelo/prisma/client/database-errors';
import type { Check } from '@comprimemelo/service/http/health';
import { type App, createHttpApp } from '@comprimemelo/service/http/http-app';
import type { AccessTokenVerifier } from '@comprimemelo/service/identity/access-token';
import { requireAccessToken } from '@comprimemelo/service/identity/authenticate';
import type { Logger } from '@comprimemelo/service/process/logger';
import type { StorageClient } from '@comprimemelo/storage-client/storage-client';
import multipart from '@fastify/multipart';
import { deleteFile } from './routes/delete-file.js';
import { downloadFile } from './routes/download-file.js';
import { getFile } from './routes/get-file.js';
import { listFiles } from './routes/list-files.js';
import { uploadFiles } from './routes/upload-files.js';
import type { Carriage } from './send-by-nginx.js';

export interface FilesDependencies extends Carriage {
  db: Database;
  storage: StorageClient;
  verify: AccessTokenVerifier;
  maxUploadBytes: number;
  logger: Logger;
  checks: Record<string, Check>;
}

/** Every route of the service. */
export async function buildApp(dependencies: FilesDependencies): Promise<App> {
  const { logger, checks, verify } = dependencies;
  const app = await createHttpApp({
    ...{ service: 'files', logger, checks },
    // Uploads are bounded by their pace.
    requestTimeout: 0,
    unavailable: isUnavailable,
  });
  app.addSchema(File);
  await app.register(multipart);
  await app.register(async (scope: App) => {
    requireAccessToken(scope, verify);
    uploadFiles(scope, dependencies);
    listFiles(scope, dependencies);
    getFile(scope, dependencies);
    downloadFile(scope, dependencies);
    deleteFile(scope, dependencies);
  });
  return app;
}
