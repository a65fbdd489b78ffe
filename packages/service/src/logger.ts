import { type Logger, pino } from 'pino';

export type { Logger };

/** Paths that may hold a secret, wherever a log line has them. */
const secrets = ['authorization', 'cookie', 'password', 'passwordConfirmation', 'refresh_token'];

/** JSON lines on standard output; secrets never reach them. */
export function createLogger(service: string, level = 'info'): Logger {
  return pino({
    level,
    base: { service, pid: process.pid },
    redact: { paths: secrets.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]) },
    timestamp: pino.stdTimeFunctions.isoTime,
  });
}
