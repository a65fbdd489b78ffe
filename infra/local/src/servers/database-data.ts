import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { userInfo } from 'node:os';
import { basename, dirname } from 'node:path';
import { Refusal } from '../process/refusal.js';
import { lastLine, runCommand } from '../process/run-command.js';
import type { DatabaseProgram } from './server-programs.js';

/** The servers refuse to run as root unless told so. */
export const asRoot = (): string[] => (process.getuid?.() === 0 ? ['--user=root'] : []);

/** Root of the database is whoever owns its files, over its socket; nobody over TCP. */
const mariadbOptions = () => [
  '--auth-root-authentication-method=socket',
  `--auth-root-socket-user=${userInfo().username}`,
  '--skip-test-db',
];

const mysqlOptions = ['--initialize-insecure', '--secure-file-priv=NULL'];

/**
 * The environment that gives a server a folder of its own for temporary tables. One that starts removes all
 * `#sql-temptable` files of its folder, also those of other servers.
 */
export function ownTemporary(directory: string): { TMPDIR: string } {
  const TMPDIR = `${directory}.tmp`;
  mkdirSync(TMPDIR, { recursive: true, mode: 0o700 });
  return { TMPDIR };
}

/**
 * Makes an empty data directory where there is none. It gets its name when it is whole, so that an
 * interrupted start leaves nothing half made.
 */
export async function makeDatabaseDirectory(
  { server, installer, flavour }: DatabaseProgram,
  directory: string,
  { env, signal }: { env: Readonly<Record<string, string>>; signal?: AbortSignal | undefined },
): Promise<void> {
  if (existsSync(directory)) return;
  const partial = `${directory}.partial`;
  rmSync(partial, { recursive: true, force: true });
  const isMariadb = flavour === 'mariadb' && installer !== undefined;
  const { code, output } = await runCommand(
    isMariadb ? installer : server,
    [
      // Relative, because MariaDB's installer stumbles over a space in a path.
      '--no-defaults',
      ...asRoot(),
      `--datadir=./${basename(partial)}`,
      ...(isMariadb ? mariadbOptions() : mysqlOptions),
    ],
    { env: { ...env, ...ownTemporary(directory) }, signal, group: true, cwd: dirname(partial) },
  );
  signal?.throwIfAborted();
  if (code !== 0) throw new Refusal(`The database directory cannot be created: ${cause(output)}`);
  renameSync(partial, directory);
}

/** The line that names the error: the installer goes on with advice behind it. */
function cause(output: string): string {
  const line = output.split('\n').find((text) => /\berror\b|no space|cannot/i.test(text));
  return line?.trim() ?? lastLine(output);
}
