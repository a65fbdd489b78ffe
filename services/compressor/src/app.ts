import { type App, createHttpApp } from '@comprimemelo/service/http/http-app';
import type { CompressorDependencies } from './dependencies.js';
import { versionsOf } from './engines/encoders.js';

/** Health and metrics: this service has no other routes. */
export const buildApp = ({
  broker,
  logger,
  sevenZip,
  bsdtar,
  encoders,
  storageReady,
}: CompressorDependencies): Promise<App> =>
  createHttpApp({
    service: 'compressor',
    logger,
    checks: {
      broker: () => {
        if (!broker.ready) throw new Error('not connected');
      },
      storage: storageReady,
      sevenZip: () => `${sevenZip.version}, ${sevenZip.launcher.protection.join(', ')}`,
      bsdtar: () => bsdtar?.version ?? 'missing: the formats that it reads are refused',
      encoders: () =>
        Object.entries(versionsOf(encoders))
          .map(([name, version]) => `${name} ${version}`)
          .join(', '),
      // `bwrap` where it is the full one; else the one in force, and why no stronger one is.
      sandbox: () => [sevenZip.launcher.sandbox, ...sevenZip.launcher.missing].join('; '),
    },
  });
