import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { containerCommand } from '../process/docker.js';
import type { Program } from '../process/program.js';
import { type Layout, logFile } from '../run/layout.js';
import type { BrokerOptions } from './broker.js';
import { brokerConfiguration } from './broker-files.js';
import { databaseOptions } from './database.js';
import type { DatabaseAccount } from './database-accounts.js';
import { brokerAnswers, databaseGreets } from '../../bootstrap/server-probes.js';
import { type ProxySettings, proxyArguments, writeProxyConfiguration } from './proxy.js';
import type { ServerName } from './server-programs.js';

export const images: Record<ServerName, string> = {
  database: 'mysql:8.4',
  broker: 'rabbitmq:4-management',
  proxy: 'nginx:1.28',
};

const bounds = { stopSignal: 'SIGTERM', grace: 60_000, startTimeout: 180_000 } as const;

function directory(...path: string[]): string {
  const made = join(...path);
  mkdirSync(made, { recursive: true });
  return made;
}

/** MySQL in a container. Its user is made with an empty data directory and kept from then on. */
export function databaseContainer(options: {
  dirs: Layout;
  port: number;
  account: DatabaseAccount;
  rootPassword: string;
}): Program {
  const { dirs, port, account, rootPassword } = options;
  return {
    name: 'database',
    ...containerCommand({
      dataDir: dirs.dataDir,
      role: 'database',
      image: images.database,
      mounts: { [directory(dirs.databaseContainer)]: '/var/lib/mysql' },
      ports: { [port]: 3306 },
      env: {
        MYSQL_ROOT_PASSWORD: rootPassword,
        MYSQL_DATABASE: account.database,
        MYSQL_USER: account.user,
        MYSQL_PASSWORD: account.password,
      },
      args: [...databaseOptions, '--skip-log-bin', '--mysqlx=OFF'],
    }),
    logFile: logFile(dirs, 'database'),
    ...bounds,
    ready: () => databaseGreets({ port }),
  };
}

/** RabbitMQ in a container, configured as the private one is. */
export function brokerContainer({ dirs, ports, account, management }: BrokerOptions): Program {
  const configuration = join(directory(dirs.broker), 'container.conf');
  const text = brokerConfiguration({
    account,
    listener: '0.0.0.0:5672',
    management: management ? { ip: '0.0.0.0', port: 15672 } : undefined,
  });
  // Read by the container's own user.
  writeFileSync(configuration, text, { mode: 0o644 });
  return {
    name: 'broker',
    ...containerCommand({
      dataDir: dirs.dataDir,
      role: 'broker',
      image: images.broker,
      mounts: {
        [directory(dirs.broker, 'container')]: '/var/lib/rabbitmq',
        [configuration]: '/etc/rabbitmq/rabbitmq.conf:ro',
      },
      ports: {
        [ports.broker]: 5672,
        ...(management ? { [ports.brokerManagement]: 15672 } : {}),
      },
      options: ['--hostname', 'localhost'],
      env: { RABBITMQ_NODENAME: 'rabbit@localhost' },
    }),
    logFile: logFile(dirs, 'broker'),
    ...bounds,
    ready: () => brokerAnswers({ port: ports.broker }),
  };
}

/** Nginx in a container on the host's network: it finds the services and the files under the same names. */
export function proxyContainer(options: {
  dirs: Layout;
  settings: ProxySettings;
  ready: () => Promise<boolean>;
}): Program {
  const { dirs, settings, ready } = options;
  const configuration = writeProxyConfiguration(dirs.proxy, settings);
  return {
    name: 'nginx',
    ...containerCommand({
      dataDir: dirs.dataDir,
      role: 'nginx',
      image: images.proxy,
      mounts: {
        [dirs.proxy]: dirs.proxy,
        [settings.blobRoot]: `${settings.blobRoot}:ro`,
        [settings.docsRoot]: `${settings.docsRoot}:ro`,
      },
      options: ['--user', `${process.getuid?.() ?? 0}:${process.getgid?.() ?? 0}`],
      args: ['nginx', ...proxyArguments(configuration)],
    }),
    logFile: logFile(dirs, 'nginx'),
    ...bounds,
    stopSignal: 'SIGQUIT',
    ready,
  };
}
