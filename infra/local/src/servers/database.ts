import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { databaseGreets } from '../../bootstrap/server-probes.js';
import { inheritedEnvironment, type Program } from '../process/program.js';
import { type Layout, logFile } from '../run/layout.js';
import { accountStatements, type DatabaseAccount } from './database-accounts.js';
import { asRoot, makeDatabaseDirectory, ownTemporary } from './database-data.js';
import type { DatabaseProgram } from './server-programs.js';

export const databaseUrl = (account: DatabaseAccount, port: number): string =>
  `mysql://${account.user}:${account.password}@127.0.0.1:${port}/${account.database}`;

/** What every server of ours is told. */
const databaseOptions = [
  '--max-connections=500',
  '--character-set-server=utf8mb4',
  '--collation-server=utf8mb4_unicode_ci',
] as const;

/** For data that is thrown away: commits need not wait for the disk. */
const hastyOptions = ['--innodb-flush-log-at-trx-commit=0', '--innodb-doublewrite=OFF'];

const flavourOptions = {
  mariadb: [],
  // None is used: the second would listen on a port of its own, the third asks for a directory of the system.
  mysql: ['--skip-log-bin', '--mysqlx=OFF', '--secure-file-priv=NULL'],
} as const;

interface DatabaseOptions {
  dirs: Layout;
  port: number;
  account: DatabaseAccount;
  /** Carried by whatever makes the data directory, beside what it inherits. */
  env: Readonly<Record<string, string>>;
  signal?: AbortSignal | undefined;
}

/** A private MariaDB or MySQL with its files under the data directory. */
export async function databaseProgram(
  program: DatabaseProgram,
  { dirs, port, account, env, signal }: DatabaseOptions,
): Promise<Program> {
  await makeDatabaseDirectory(program, dirs.database, {
    env: { ...inheritedEnvironment(), ...env },
    signal,
  });
  const initFile = join(dirs.dataDir, 'database-accounts.sql');
  writeFileSync(initFile, accountStatements(account), { mode: 0o600 });
  return {
    name: 'database',
    command: program.server,
    args: [
      '--no-defaults',
      ...asRoot(),
      `--datadir=${dirs.database}`,
      `--init-file=${initFile}`,
      `--port=${port}`,
      '--bind-address=127.0.0.1',
      '--skip-name-resolve',
      // Relative to the data directory: a socket's whole path must not exceed 107 bytes.
      '--socket=server.sock',
      '--pid-file=server.pid',
      ...databaseOptions,
      ...(account.everyDatabase ? hastyOptions : []),
      ...flavourOptions[program.flavour],
    ],
    env: { ...inheritedEnvironment(), ...ownTemporary(dirs.database) },
    cwd: dirs.database,
    logFile: logFile(dirs, 'database'),
    stopSignal: 'SIGTERM',
    grace: 60_000,
    // Recovery after a crash takes its time.
    startTimeout: 120_000,
    ready: () => databaseGreets({ port }),
  };
}
