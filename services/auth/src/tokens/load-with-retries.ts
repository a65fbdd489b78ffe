import { setTimeout as after } from 'node:timers/promises';
import { ConfigError } from '@comprimemelo/service/config';
import type { Logger } from '@comprimemelo/service/process/logger';

export interface LoadOptions {
  logger: Logger;
  /** Milliseconds after which the last error is thrown. */
  bound?: number;
  /** Milliseconds between two attempts. */
  pause?: number;
}

/** Retries `load` while the database is down. A ConfigError is thrown immediately. */
export async function loadWithRetries<T>(
  load: () => Promise<T>,
  { logger, bound = 60_000, pause = 1_000 }: LoadOptions,
): Promise<T> {
  const end = Date.now() + bound;
  for (;;) {
    try {
      return await load();
    } catch (error) {
      if (error instanceof ConfigError || Date.now() + pause > end) throw error;
      logger.warn({ err: error }, 'the signing keys cannot be loaded yet, retrying');
      await after(pause);
    }
  }
}
