import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface BrokerAccount {
  user: string;
  password: string;
}

/** Milliseconds that a delivery may stay unacknowledged: a week. RabbitMQ's 30 minutes would end long jobs. */
const consumerTimeout = 7 * 24 * 60 * 60 * 1000;

interface BrokerSettings {
  account: BrokerAccount;
  /** Address and port, or a port. */
  listener: string;
  /** The same for the management API; left out, there is none. */
  management?: { ip: string; port: number } | undefined;
}

/** rabbitmq.conf. The user is made with an empty data directory and kept from then on. */
export function brokerConfiguration({ account, listener, management }: BrokerSettings): string {
  const lines = [
    `listeners.tcp.1 = ${listener}`,
    `default_user = ${account.user}`,
    `default_pass = ${account.password}`,
    `consumer_timeout = ${consumerTimeout}`,
    'log.console = true',
    'log.console.level = warning',
    'log.file = false',
  ];
  if (management !== undefined) {
    lines.push(`management.tcp.ip = ${management.ip}`, `management.tcp.port = ${management.port}`);
  }
  return `${lines.join('\n')}\n`;
}

/** Writes what the broker reads at its start. Returns the paths. */
export function writeBrokerFiles(directory: string, settings: BrokerSettings) {
  const home = join(directory, 'home');
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const cookie = join(home, '.erlang.cookie');
  if (!existsSync(cookie)) writeFileSync(cookie, randomBytes(24).toString('hex'), { mode: 0o400 });
  const configuration = join(directory, 'rabbitmq.conf');
  writeFileSync(configuration, brokerConfiguration(settings), { mode: 0o600 });
  const plugins = join(directory, 'enabled_plugins');
  writeFileSync(plugins, settings.management === undefined ? '[].\n' : '[rabbitmq_management].\n');
  return { home, configuration, plugins };
}
