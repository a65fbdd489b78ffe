import { connect } from '@comprimemelo/messaging/connection';
import { createPublisher } from '@comprimemelo/messaging/publisher';
import { declareTopology } from '@comprimemelo/messaging/topology';
import { createLogger } from '@comprimemelo/service/process/logger';
import { runProcess } from '@comprimemelo/service/process/run-process';
import { buildApp } from './app.js';
import { loadConfig } from './config.js';
import { startConsumers } from './consumers.js';
import { openMailSender } from './open-mail-sender.js';

await runProcess('notifier', async (onClose) => {
  const config = loadConfig();
  const logger = createLogger('notifier', config.LOG_LEVEL);

  const sender = await openMailSender(config);
  onClose('mail', () => sender.close());
  const broker = connect(config.AMQP_URL, { logger, name: 'notifier' });
  onClose('broker', () => broker.close());
  declareTopology(broker);
  const publisher = createPublisher(broker);
  onClose('publisher', () => publisher.close());

  const dependencies = {
    broker,
    publisher,
    sender,
    logger,
    publicUrl: config.PUBLIC_URL,
    mailSecretsKey: config.MAIL_SECRETS_KEY,
  };
  const consumers = startConsumers(dependencies);
  onClose('consumers', () => consumers.close());
  const app = await buildApp(dependencies);
  onClose('http', () => app.close());
  await app.listen({ host: config.HOST, port: config.PORT });
  return logger;
});
