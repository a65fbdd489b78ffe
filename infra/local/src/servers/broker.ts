import { join } from 'node:path';
import { brokerAnswers } from '../../bootstrap/server-probes.js';
import { inheritedEnvironment, type Program } from '../process/program.js';
import { type Layout, logFile } from '../run/layout.js';
import type { Ports } from '../run/ports.js';
import { type BrokerAccount, writeBrokerFiles } from './broker-files.js';

export const brokerUrl = ({ user, password }: BrokerAccount, port: number): string =>
  `amqp://${user}:${password}@127.0.0.1:${port}`;

export const managementUrl = ({ user, password }: BrokerAccount, port: number): string =>
  `http://${user}:${password}@127.0.0.1:${port}`;

export interface BrokerOptions {
  dirs: Layout;
  ports: Ports;
  account: BrokerAccount;
  /** With the management API, which tests make their virtual hosts by. */
  management: boolean;
}

/** A private RabbitMQ with its files, its cookie and its Erlang name server under the data directory. */
export function brokerProgram(script: string, options: BrokerOptions): Program {
  const { dirs, ports, account } = options;
  const management = options.management
    ? { ip: '127.0.0.1', port: ports.brokerManagement }
    : undefined;
  const listener = `127.0.0.1:${ports.broker}`;
  const { home, configuration, plugins } = writeBrokerFiles(dirs.broker, {
    account,
    listener,
    management,
  });
  return {
    name: 'broker',
    command: script,
    args: [],
    env: {
      ...inheritedEnvironment(),
      HOME: home,
      RABBITMQ_CONF_ENV_FILE: '/dev/null',
      RABBITMQ_CONFIG_FILE: configuration,
      RABBITMQ_ADVANCED_CONFIG_FILE: join(dirs.broker, 'advanced.config'),
      RABBITMQ_ENABLED_PLUGINS_FILE: plugins,
      RABBITMQ_PLUGINS_EXPAND_DIR: join(dirs.broker, 'plugins'),
      RABBITMQ_MNESIA_BASE: join(dirs.broker, 'data'),
      RABBITMQ_LOG_BASE: join(dirs.broker, 'log'),
      RABBITMQ_PID_FILE: join(dirs.broker, 'broker.pid'),
      // Found on any machine, whatever its own name resolves to.
      RABBITMQ_NODENAME: 'rabbit@localhost',
      RABBITMQ_DIST_PORT: String(ports.brokerDistribution),
      RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '-kernel inet_dist_use_interface {127,0,0,1}',
      ERL_EPMD_ADDRESS: '127.0.0.1',
      ERL_EPMD_PORT: String(ports.brokerNames),
      // The script then becomes the broker instead of waiting for it, and its pid is the broker's.
      RUNNING_UNDER_SYSTEMD: 'true',
    },
    cwd: dirs.broker,
    logFile: logFile(dirs, 'broker'),
    stopSignal: 'SIGTERM',
    grace: 60_000,
    startTimeout: 120_000,
    ready: () => brokerAnswers({ port: ports.broker }),
  };
}
