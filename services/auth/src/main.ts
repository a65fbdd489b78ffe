import { connect } from '@comprimemelo/messaging/connection';
import { createPublisher } from '@comprimemelo/messaging/publisher';
import { declareTopology } from '@comprimemelo/messaging/topology';
import { openDatabase } from '@comprimemelo/prisma/client/client';
import { startRelay } from '@comprimemelo/prisma/outbox/relay';
import { watchEndedSessions } from '@comprimemelo/prisma/sessions/ended-sessions';
import { createLogger } from '@comprimemelo/service/process/logger';
import { runProcess } from '@comprimemelo/service/process/run-process';
import { buildApp } from './app.js';
import { loadConfig, throttleLimits } from './config.js';
import { createPasswords } from './passwords/passwords.js';
import { createThrottles } from './throttling/throttles.js';
import { openKeyRing } from './tokens/key-ring.js';
import { loadWithRetries } from './tokens/load-with-retries.js';
import { removeExpired } from './tokens/remove-expired.js';
import { createTokenIssuer } from './tokens/token-issuer.js';

await runProcess('auth', async (onClose) => {
  const config = loadConfig();
  const logger = createLogger('auth', config.LOG_LEVEL);

  const db = openDatabase(config.DATABASE_URL);
  onClose('database', () => db.close());
  const broker = connect(config.AMQP_URL, { logger, name: 'auth' });
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

  const sessions = watchEndedSessions(db, (err) =>
    logger.warn({ err }, 'ended sessions could not be read'),
  );
  onClose('sessions', () => sessions.close());
  const cleaning = removeExpired(db, logger);
  onClose('cleaning', () => cleaning.close());

  const accessTokenSeconds = config.ACCESS_TOKEN_SECONDS;
  const ring = {
    db,
    logger,
    accessTokenSeconds,
    given: config.SIGNING_KEY,
    encryptionKey: config.KEY_ENCRYPTION_KEY,
  };
  const keys = await loadWithRetries(() => openKeyRing(ring), { logger });
  onClose('keys', () => keys.close());
  const tokens = createTokenIssuer({
    db,
    keys,
    accessTokenSeconds,
    refreshTokenDays: config.REFRESH_TOKEN_DAYS,
  });
  const checks = {
    database: () => db.pool.query('SELECT 1'),
    broker: () => broker.waitUntilReady(1_500),
  };
  const app = await buildApp({
    db,
    tokens,
    hasEnded: sessions.has,
    relay,
    logger,
    checks,
    passwords: await createPasswords(),
    throttles: createThrottles(db, throttleLimits(config)),
    mailSecretsKey: config.MAIL_SECRETS_KEY,
    trustedProxies: config.TRUSTED_PROXIES,
  });
  onClose('http', () => app.close());
  // Room for many simultaneous log-ins, so that no connection has to be retried by the kernel.
  await app.listen({ host: config.HOST, port: config.PORT, backlog: 4_096 });
  return logger;
});
