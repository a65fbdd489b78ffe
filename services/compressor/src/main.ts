import { availableParallelism } from 'node:os';
import { connect } from '@comprimemelo/messaging/connection';
import { createPublisher } from '@comprimemelo/messaging/publisher';
import { declareTopology } from '@comprimemelo/messaging/topology';
import { serviceReady } from '@comprimemelo/service/health';
import { createLogger } from '@comprimemelo/service/logger';
import { runProcess } from '@comprimemelo/service/run-process';
import { createServiceIdentity } from '@comprimemelo/service/service-identity';
import { createStorageClient } from '@comprimemelo/storage-client/storage-client';
import { buildApp, startConsumers } from './app.js';
import { loadConfig } from './config.js';
import { openScratch } from './scratch.js';
import { openSevenZip } from './seven-zip/seven-zip.js';
import { threadsOfJob } from './threads.js';

await runProcess('compressor', async (onClose) => {
  const config = loadConfig();
  const logger = createLogger('compressor', config.LOG_LEVEL);

  const sevenZip = await openSevenZip();
  const { protection } = sevenZip.launcher;
  logger.info({ version: sevenZip.version, protection }, '7-Zip is ready');
  const scratch = await openScratch(config.SCRATCH_DIR);

  const identity = createServiceIdentity({
    service: 'compressor',
    audience: 'storage',
    key: config.STORAGE_KEY,
  });
  const storage = createStorageClient({ url: config.STORAGE_URL, identity });
  onClose('storage', () => storage.close());
  const broker = connect(config.AMQP_URL, { logger, name: 'compressor' });
  onClose('broker', () => broker.close());
  declareTopology(broker);
  const publisher = createPublisher(broker);
  onClose('publisher', () => publisher.close());

  const dependencies = {
    ...{ broker, publisher, storage, scratch, sevenZip, logger },
    storageReady: serviceReady(config.STORAGE_URL),
    concurrency: config.CONCURRENCY,
    threads: threadsOfJob(availableParallelism(), config.CONCURRENCY),
    fullVerify: config.VERIFY === 'full',
  };
  const app = await buildApp(dependencies);
  onClose('http', () => app.close());
  await app.listen({ host: config.HOST, port: config.PORT });
  const consumers = startConsumers(dependencies);
  onClose('consumers', () => consumers.close());
  return logger;
});
