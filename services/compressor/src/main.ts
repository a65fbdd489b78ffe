import { connect } from '@comprimemelo/messaging/connection';
import { createPublisher } from '@comprimemelo/messaging/publisher';
import { declareTopology } from '@comprimemelo/messaging/topology';
import { serviceReady } from '@comprimemelo/service/http/health';
import { createServiceIdentity } from '@comprimemelo/service/identity/service-identity';
import { createLogger } from '@comprimemelo/service/process/logger';
import { runProcess } from '@comprimemelo/service/process/run-process';
import { createStorageClient } from '@comprimemelo/storage-client/storage-client';
import { buildApp } from './app.js';
import { extractionLimits, loadConfig } from './config.js';
import { startConsumers } from './consumers.js';
import { findBsdtar } from './engines/bsdtar/bsdtar.js';
import { findEncoders, versionsOf } from './engines/encoders.js';
import { openSevenZip } from './engines/seven-zip/seven-zip.js';
import { createMemoryBudget } from './job/memory-budget.js';
import { coreLimit } from './machine/core-limit.js';
import { defaultMemoryBudget } from './machine/memory-limit.js';
import { threadsOfJob } from './machine/threads.js';
import { createInputSource } from './transfer/input-source.js';
import { openScratch } from './worker/scratch.js';

await runProcess('compressor', async (onClose) => {
  const config = loadConfig();
  const logger = createLogger('compressor', config.LOG_LEVEL);

  const sevenZip = await openSevenZip({ requireSandbox: config.REQUIRE_SANDBOX === '1' });
  const { protection, missing } = sevenZip.launcher;
  logger.info({ version: sevenZip.version, protection, missing }, '7-Zip is ready');
  const bsdtar = await findBsdtar(sevenZip.launcher);
  if (bsdtar) logger.info({ version: bsdtar.version }, 'bsdtar is ready');
  else logger.warn('bsdtar is missing: ISO 9660 images are refused');
  const encoders = await findEncoders(sevenZip.launcher);
  logger.info(
    versionsOf(encoders),
    'encoders: where one is missing, zlib or 7-Zip is in its place',
  );
  const memory = createMemoryBudget(config.MEMORY_BUDGET ?? (await defaultMemoryBudget()));
  logger.info({ bytes: memory.bytes }, 'memory budget of the jobs');
  const cores = await coreLimit();
  const concurrency = config.CONCURRENCY ?? cores;
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
    broker,
    publisher,
    storage,
    scratch,
    sevenZip,
    bsdtar,
    encoders,
    limits: extractionLimits(config),
    memory,
    logger,
    inputSource: createInputSource({ storage, blobRoot: config.BLOB_ROOT }),
    storageReady: serviceReady(config.STORAGE_URL),
    concurrency,
    threads: threadsOfJob(cores, concurrency),
    fullVerify: config.VERIFY === 'full',
    secretsKey: config.TASK_SECRETS_KEY,
  };
  const app = await buildApp(dependencies);
  onClose('http', () => app.close());
  await app.listen({ host: config.HOST, port: config.PORT });
  const consumers = startConsumers(dependencies);
  onClose('consumers', () => consumers.close());
  return logger;
});
