import { type App, createHttpApp } from '@comprimemelo/service/http/http-app';
import type { NotifierDependencies } from './dependencies.js';

/** Health and metrics; a mail server that is away is told, and is no reason to be unready. */
export const buildApp = ({ broker, sender, logger }: NotifierDependencies): Promise<App> =>
  createHttpApp({
    service: 'notifier',
    logger,
    checks: {
      broker: () => {
        if (!broker.ready) throw new Error('not connected');
      },
      mail: () => sender.state(),
    },
  });
