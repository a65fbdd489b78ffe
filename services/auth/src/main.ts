import { connect } from '@comprimemelo/messaging/connection';
import { createPublisher } from '@comprimemelo/messaging/publisher';
import { declareTopology } from '@comprimemelo/messaging/topology';
import { openDatabase } from '@comprimemelo/prisma/client';
import { startRelay } from '@comprimemelo/prisma/relay';
import { createLogger } from '@comprimemelo/service/logger';
import { runProcess } from '@comprimemelo/service/run-process';
import { buildApp } from './app.js';
import { loadConfig } from './config.js';
import { removeExpiredTokens } from './remove-expired-tokens.js';
import { loadSigningKey } from './signing-keys.js';
import { createTokenIssuer } from './token-issuer.js';
import { untilLoaded } from './until-loaded.js';

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

  const cleaning = removeExpiredTokens(db, logger);
  onClose('cleaning', () => cleaning.close());

  const tokens = createTokenIssuer({
    db,
    key: await untilLoaded(() => loadSigningKey(db, config.KEY_ENCRYPTION_KEY), { logger }),
    accessTokenSeconds: config.ACCESS_TOKEN_SECONDS,
    refreshTokenDays: config.REFRESH_TOKEN_DAYS,
  });
  const checks = {
    database: () => db.pool.query('SELECT 1'),
    broker: () => broker.waitUntilReady(1_500),
  };
  const app = await buildApp({ db, tokens, relay, logger, checks });
  onClose('http', () => app.close());
  await app.listen({ host: config.HOST, port: config.PORT });
  return logger;
});
