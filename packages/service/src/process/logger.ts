import { type DestinationStream, type Logger, pino } from 'pino';

export type { Logger };

/** Paths in log lines that may contain secrets. */
const secrets = [
  'authorization',
  'cookie',
  'access_token',
  'refresh_token',
  'token',
  'secret',
  'password',
  'passwordConfirmation',
  'currentPassword',
  'newPassword',
];

/**
 * Logs JSON lines to standard output, or to `output`; secrets are redacted. Lines are written synchronously: in the
 * background, they could be reordered when the process exits, and each would cost a thread switch.
 */
export function createLogger(
  service: string,
  level = 'info',
  output: DestinationStream = pino.destination({ dest: 1, sync: true }),
): Logger {
  const options = {
    level,
    base: { service, pid: process.pid },
    redact: { paths: secrets.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]) },
    timestamp: pino.stdTimeFunctions.isoTime,
  };
  return pino(options, output);
}
