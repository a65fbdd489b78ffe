import { findBrokerScript, findProgram } from '../process/find-program.js';
import { runCommand } from '../process/run-command.js';

/** The servers that a run needs beside its own services. */
export const serverNames = ['database', 'broker', 'proxy'] as const;
export type ServerName = (typeof serverNames)[number];

export const serverTitles: Record<ServerName, string> = {
  database: 'MariaDB 10.6 or MySQL 8.0 or newer',
  broker: 'RabbitMQ',
  proxy: 'nginx',
};

export interface DatabaseProgram {
  server: string;
  flavour: 'mariadb' | 'mysql';
  /** MariaDB's way to make a data directory; MySQL's server does it itself. */
  installer: string | undefined;
  version: string;
}

export interface ServerPrograms {
  database: DatabaseProgram;
  broker: string;
  proxy: string;
}

/** Below these the services' SQL (`SKIP LOCKED`) is not understood. */
const leastVersion = { mariadb: [10, 6], mysql: [8, 0] } as const;

const isEnough = (version: string, [major, minor]: readonly [number, number]): boolean => {
  const [a = 0, b = 0] = version.split('.').map(Number);
  return a > major || (a === major && b >= minor);
};

/** Reads the answer to `--version`; undefined where the server is too old or is none. */
export function readVersion(
  output: string,
): Pick<DatabaseProgram, 'flavour' | 'version'> | undefined {
  const version = /Ver (\d+\.\d+\.\d+)/.exec(output)?.[1];
  if (version === undefined) return undefined;
  const flavour = /mariadb/i.test(output) ? 'mariadb' : 'mysql';
  return isEnough(version, leastVersion[flavour]) ? { flavour, version } : undefined;
}

async function findDatabase(): Promise<DatabaseProgram | undefined> {
  const server = findProgram(['mariadbd', 'mysqld']);
  if (server === undefined) return undefined;
  const { output } = await runCommand(server, ['--no-defaults', '--version']);
  const version = readVersion(output);
  const installer = findProgram(['mariadb-install-db', 'mysql_install_db']);
  // Debian packs the installer's my_print_defaults apart from it.
  const canInstall = installer !== undefined && findProgram(['my_print_defaults']) !== undefined;
  if (version === undefined || (version.flavour === 'mariadb' && !canInstall)) return undefined;
  return { server, ...version, installer };
}

/** The servers that are installed on this machine and can be used. */
export async function findServerPrograms(): Promise<Partial<ServerPrograms>> {
  const database = await findDatabase();
  const broker = findBrokerScript() ?? findProgram(['rabbitmq-server']);
  const proxy = findProgram(['nginx']);
  return {
    ...(database === undefined ? {} : { database }),
    ...(broker === undefined ? {} : { broker }),
    ...(proxy === undefined ? {} : { proxy }),
  };
}
