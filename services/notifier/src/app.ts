import { type App, createHttpApp } from '@comprimemelo/service/http/http-app';
import type { NotifierDependencies } from './dependencies.js';

/** Health and metrics. An unreachable mail server is reported, but the service stays ready. */
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
