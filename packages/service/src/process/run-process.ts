import { setFlagsFromString } from 'node:v8';
import pTimeout from 'p-timeout';
import { ConfigError } from '../config.js';
import { createLogger, type Logger } from './logger.js';

const isOfDriver = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'sqlState' in error;

/** Registers how to close a resource. */
export type OnClose = (name: string, close: () => Promise<unknown> | unknown) => void;

/** Milliseconds for the whole shutdown, after which the process exits anyway. */
const closingBound = 30_000;

/**
 * V8 is allowed to grow the heap to 3x the live set before a major GC. By default, the buffers of a transfer make it
 * mark the small heap of a service again every 20 MB, which costs more CPU than the transfer itself. In percent of
 * the live set.
 */
const heapGrowth = 200;

async function within(milliseconds: number, close: () => unknown): Promise<void> {
  const message = `not done in ${milliseconds} ms`;
  await pTimeout(Promise.resolve(close()), { milliseconds, message });
}

/** Each closer may use the remaining time minus a thirtieth for each one after it, so that all of them run. */
async function closeAll(closers: Parameters<OnClose>[], logger: Logger, bound: number) {
  const end = Date.now() + bound;
  for (let [name, close] = closers.pop() ?? []; close; [name, close] = closers.pop() ?? []) {
    const reserved = (closers.length + 1) * (bound / 30);
    try {
      await within(Math.max(end - Date.now() - reserved, 1), close);
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
