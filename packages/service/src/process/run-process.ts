import { setFlagsFromString } from 'node:v8';
import { ConfigError } from '../config.js';
import { createLogger, type Logger } from './logger.js';

const isOfDriver = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'sqlState' in error;

/** Remembers how to close what was opened. */
export type OnClose = (name: string, close: () => Promise<unknown> | unknown) => void;

/** All of closing is done within this many milliseconds, or the process ends without. */
const closingBound = 30_000;

/**
 * V8 takes bytes on their way through for a growing heap. At its own pace it marks the small heap of a service
 * again with every 20 MB, which costs more CPU than all else that a transfer does. In percent of what lives.
 */
const heapGrowth = 200;

async function within(milliseconds: number, close: () => unknown): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done in ${milliseconds} ms`)), milliseconds);
  });
  try {
    await Promise.race([close(), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** A closer may take what time there is, less a thirtieth for each that follows: all have their turn. */
async function closeAll(closers: Parameters<OnClose>[], logger: Logger, bound: number) {
  const end = Date.now() + bound;
  for (let [name, close] = closers.pop() ?? []; close; [name, close] = closers.pop() ?? []) {
    const reserved = (closers.length + 1) * (bound / 30);
    try {
      await within(Math.max(end - Date.now() - reserved, 0), close);
    } catch (error) {
      logger.error({ err: error }, `closing ${name} failed`);
    }
  }
}

/**
 * Runs a service as this process: opens it by `start`, and on SIGTERM or SIGINT closes in reverse order
 * what `start` named to `onClose`, all within `bound` milliseconds. A start that fails says why in one line and exits with 1.
 */
export async function runProcess(
  service: string,
  start: (onClose: OnClose) => Promise<Logger>,
  { bound = closingBound }: { bound?: number } = {},
): Promise<void> {
  setFlagsFromString(`--heap-growing-percent=${heapGrowth}`);
  const closers: Parameters<OnClose>[] = [];
  let logger = createLogger(service);
  let closing = false;

  async function stop(code: number): Promise<void> {
    if (closing) return;
    closing = true;
    setTimeout(() => process.exit(code || 1), bound).unref();
    await closeAll(closers, logger, bound);
    process.exit(code);
  }

  const onSignal = () => void stop(0);
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  process.on('unhandledRejection', (error) => {
    // The MariaDB driver rejects into the void when a connection is cut while it is being opened.
    if (isOfDriver(error)) return logger.error({ err: error }, 'a database connection was lost');
    logger.fatal({ err: error }, 'unhandled rejection');
    void stop(1);
  });

  try {
    logger = await start((name, close) => closers.push([name, close]));
  } catch (error) {
    const expected = error instanceof ConfigError;
    const message = error instanceof Error ? error.message : String(error);
    const line = `${service} cannot start: ${message}`;
    logger.fatal(expected ? {} : { err: error }, line);
    await stop(1);
  }
}
