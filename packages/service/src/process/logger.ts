import { type DestinationStream, type Logger, pino } from 'pino';

export type { Logger };

/** Paths that may hold a secret, wherever a log line has them. */
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
 * JSON lines, on standard output unless `output` takes them; secrets never reach them. Each is written when it is
 * said: in the background, lines could change places at the end of the process, and each costs a thread's turn.
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
