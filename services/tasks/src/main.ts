import { connect } from '@comprimemelo/messaging/connection';
import { createPublisher } from '@comprimemelo/messaging/publisher';
import { declareTopology } from '@comprimemelo/messaging/topology';
import { openDatabase } from '@comprimemelo/prisma/client/client';
import { startRelay } from '@comprimemelo/prisma/outbox/relay';
import { watchEndedSessions } from '@comprimemelo/prisma/sessions/ended-sessions';
import { serviceReady } from '@comprimemelo/service/http/health';
import { createJwksClient } from '@comprimemelo/service/identity/jwks-client';
import { createServiceIdentity } from '@comprimemelo/service/identity/service-identity';
import { createLogger } from '@comprimemelo/service/process/logger';
import { runProcess } from '@comprimemelo/service/process/run-process';
import { createStorageClient } from '@comprimemelo/storage-client/storage-client';
import { buildApp } from './app.js';
import { loadConfig } from './config.js';
import { startConsumers } from './consumers.js';
import { startReconciler } from './reconcile/reconciler.js';
import { watchTaskChanges } from './watch/task-changes.js';

await runProcess('tasks', async (onClose) => {
  const config = loadConfig();
  const logger = createLogger('tasks', config.LOG_LEVEL);

  const db = openDatabase(config.DATABASE_URL);
  onClose('database', () => db.close());
  const sessions = watchEndedSessions(db, (err) =>
    logger.warn({ err }, 'ended sessions could not be read'),
  );
  onClose('sessions', () => sessions.close());
  const broker = connect(config.AMQP_URL, { logger, name: 'tasks' });
  onClose('broker', () => broker.close());
  declareTopology(broker);
  const publisher = createPublisher(broker);
  onClose('publisher', () => publisher.close());
  const relay = startRelay({
    db,
    publish: publisher.publish,
    isReady: () => broker.ready,
    logger,
  });
  onClose('relay', () => relay.close());
  const identity = createServiceIdentity({
    service: 'tasks',
    audience: 'storage',
    key: config.STORAGE_KEY,
  });
  const storage = createStorageClient({ url: config.STORAGE_URL, identity });
  onClose('storage', () => storage.close());

  const consumers = startConsumers(broker, { db, storage, publisher, relay, logger });
  onClose('consumers', () => Promise.all(consumers.map((consumer) => consumer.close())));
  const reconciler = startReconciler({ db, broker, storage, relay, logger });
  onClose('reconciler', () => reconciler.close());
  const changes = watchTaskChanges(broker);
  onClose('changes', () => changes.close());

  const app = await buildApp({
    db,
    storage,
    relay,
    changes,
    publisher,
    secretsKey: config.TASK_SECRETS_KEY,
    findKey: createJwksClient(config.JWKS_URL).publicKey,
    hasEnded: sessions.has,
    maxUploadBytes: config.MAX_UPLOAD_BYTES,
    maxStreams: config.MAX_STREAMS,
    logger,
    checks: {
      database: () => db.pool.query('SELECT 1'),
      broker: () => broker.waitUntilReady(1_500),
      storage: serviceReady(config.STORAGE_URL),
    },
  });
  onClose('http', () => app.close());
  await app.listen({ host: config.HOST, port: config.PORT });
  return logger;
});
