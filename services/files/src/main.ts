import { openDatabase } from '@comprimemelo/prisma/client/client';
import { watchEndedSessions } from '@comprimemelo/prisma/sessions/ended-sessions';
import { serviceReady } from '@comprimemelo/service/http/health';
import { createJwksClient } from '@comprimemelo/service/identity/jwks-client';
import { createServiceIdentity } from '@comprimemelo/service/identity/service-identity';
import { createLogger } from '@comprimemelo/service/process/logger';
import { runProcess } from '@comprimemelo/service/process/run-process';
import { createStorageClient } from '@comprimemelo/storage-client/storage-client';
import { buildApp } from './app.js';
import { loadConfig } from './config.js';

await runProcess('files', async (onClose) => {
  const config = loadConfig();
  const logger = createLogger('files', config.LOG_LEVEL);

  const db = openDatabase(config.DATABASE_URL);
  onClose('database', () => db.close());
  const sessions = watchEndedSessions(db, (err) =>
    logger.warn({ err }, 'ended sessions could not be read'),
  );
  onClose('sessions', () => sessions.close());
  const storageIdentity = createServiceIdentity({
    service: 'files',
    audience: 'storage',
    key: config.STORAGE_KEY,
  });
  const storage = createStorageClient({ url: config.STORAGE_URL, identity: storageIdentity });
  onClose('storage', () => storage.close());

  const { publicKey: findKey } = createJwksClient(config.JWKS_URL);
  const checks = {
    database: () => db.pool.query('SELECT 1'),
    storage: serviceReady(config.STORAGE_URL),
  };
  const maxUploadBytes = config.MAX_UPLOAD_BYTES;
  const downloadKey = config.DOWNLOAD_KEY;
  const app = await buildApp({
    db,
    storage,
    storageIdentity,
    downloadKey,
    findKey,
    hasEnded: sessions.has,
    maxUploadBytes,
    logger,
    checks,
  });
  onClose('http', () => app.close());
  await app.listen({ host: config.HOST, port: config.PORT });
  return logger;
});
