import { connect } from '@comprimemelo/messaging/connection';
import { declareTopology } from '@comprimemelo/messaging/topology';
import { openDatabase } from '@comprimemelo/prisma/client/client';
import { watchEndedSessions } from '@comprimemelo/prisma/sessions/ended-sessions';
import { createJwksClient } from '@comprimemelo/service/identity/jwks-client';
import { createLogger } from '@comprimemelo/service/process/logger';
import { runProcess } from '@comprimemelo/service/process/run-process';
import { buildApp } from './app.js';
import { loadConfig } from './config.js';
import { startConsumers } from './consumers.js';
import { startDispatcher } from './deliveries/dispatcher.js';
import { startCleaning } from './deliveries/remove-old-deliveries.js';
import { createSender } from './deliveries/sender.js';

/** Fewer connections than other services, because receivers wait here instead of clients. */
const connections = { connectionLimit: 8, readConnectionLimit: 4 };

await runProcess('webhooks', async (onClose) => {
  const config = loadConfig();
  const logger = createLogger('webhooks', config.LOG_LEVEL);
  const secretsKey = config.WEBHOOK_SECRETS_KEY;
  const policy = {
    allowHttp: config.WEBHOOK_ALLOW_HTTP === '1',
    allowPrivate: config.WEBHOOK_ALLOW_PRIVATE === '1',
  };

  const db = openDatabase(config.DATABASE_URL, connections);
  onClose('database', () => db.close());
  const sessions = watchEndedSessions(db, (err) =>
    logger.warn({ err }, 'ended sessions could not be read'),
  );
  onClose('sessions', () => sessions.close());
  const broker = connect(config.AMQP_URL, { logger, name: 'webhooks' });
  onClose('broker', () => broker.close());
  declareTopology(broker);
  const sender = createSender({ policy });
  onClose('sender', () => sender.close());
  const cleaning = startCleaning(db, logger);
  onClose('cleaning', () => cleaning.close());
  const dispatcher = startDispatcher({ db, sender, secretsKey, logger });
  onClose('dispatcher', () => dispatcher.close());
  const consumers = startConsumers(broker, { db, dispatcher, logger });
  onClose('consumers', () => Promise.all(consumers.map((consumer) => consumer.close())));

  const app = await buildApp({
    db,
    dispatcher,
    policy,
    secretsKey,
    logger,
    findKey: createJwksClient(config.JWKS_URL).publicKey,
    hasEnded: sessions.has,
    checks: {
      database: () => db.pool.query('SELECT 1'),
      broker: () => broker.waitUntilReady(1_500),
    },
  });
  onClose('http', () => app.close());
  await app.listen({ host: config.HOST, port: config.PORT });
  return logger;
});
