import { createLogger } from '@comprimemelo/service/process/logger';
import { runProcess } from '@comprimemelo/service/process/run-process';
import { buildApp } from './app.js';
import { loadConfig } from './config.js';
import { prepareDisk } from './disk-layout.js';

await runProcess('storage', async (onClose) => {
  const config = loadConfig();
  const logger = createLogger('storage', config.LOG_LEVEL);
  const app = await buildApp({
    logger,
    layout: await prepareDisk(config.BLOB_ROOT),
    keys: config.keys,
    ...(config.MAX_BLOB_BYTES === undefined ? {} : { maxBytes: config.MAX_BLOB_BYTES }),
  });
  onClose('http', () => app.close());
  await app.listen({ host: config.HOST, port: config.PORT });
  return logger;
});
