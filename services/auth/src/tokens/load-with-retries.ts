import { setTimeout as after } from 'node:timers/promises';
import { ConfigError } from '@comprimemelo/service/config';
import type { Logger } from '@comprimemelo/service/process/logger';

export interface LoadOptions {
  logger: Logger;
  /** Milliseconds after which the last fault is thrown. */
  bound?: number;
  /** Milliseconds between two tries. */
  pause?: number;
}

/** What `load` gives, tried again while the database is away; a ConfigError is thrown at once. */
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
      logger.warn({ err: error }, 'the signing key cannot be read: trying again');
      await after(pause);
    }
  }
}
