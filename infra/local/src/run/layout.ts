import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dataDirectoryOr } from '../config.js';

/** The checkout. This file runs as infra/local/dist/src/layout.js. */
export const repositoryRoot = fileURLToPath(new URL('../../../../../', import.meta.url)).replace(
  /\/$/,
  '',
);

export const fromRoot = (...path: string[]): string => join(repositoryRoot, ...path);

/** Where `npm start` keeps everything: `.data` of the checkout, or DATA_DIR. */
export const dataDirectory = (): string => dataDirectoryOr(fromRoot('.data'));

/** Where everything of one run lies, under one directory. */
export const layout = (dataDir: string) =>
  ({
    dataDir,
    blobs: join(dataDir, 'blobs'),
    database: join(dataDir, 'database'),
    /** MySQL's files of a container: another server than the private one wrote them. */
    databaseContainer: join(dataDir, 'database-container'),
    broker: join(dataDir, 'broker'),
    proxy: join(dataDir, 'nginx'),
    mail: join(dataDir, 'mail'),
    scratch: join(dataDir, 'scratch'),
    compileCache: join(dataDir, 'compile-cache'),
    logs: join(dataDir, 'logs'),
    secrets: join(dataDir, 'secrets.json'),
    ledger: join(dataDir, 'run.json'),
  }) as const;
export type Layout = ReturnType<typeof layout>;

export const logFile = (dirs: Layout, name: string): string => join(dirs.logs, `${name}.log`);

/** Makes the directories that the services expect to find; readable by the owner alone. */
export function makeDirectories(dirs: Layout): void {
  for (const dir of [dirs.dataDir, dirs.blobs, dirs.proxy, dirs.mail, dirs.scratch, dirs.logs]) {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
  }
  mkdirSync(dirname(dirs.ledger), { recursive: true });
}
