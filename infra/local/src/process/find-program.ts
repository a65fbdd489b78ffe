import { accessSync, constants, readdirSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { searchPath } from '../config.js';

/** Where servers are installed that an ordinary user's PATH leaves out. */
const serverDirectories = ['/usr/sbin', '/usr/local/sbin', '/sbin', '/usr/libexec'];

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** The first of these commands that is installed, as a path. */
export function findProgram(names: readonly string[], path = searchPath()): string | undefined {
  const directories = [...path.split(delimiter).filter(Boolean), ...serverDirectories];
  return names
    .flatMap((name) => directories.map((directory) => join(directory, name)))
    .find(isExecutable);
}

/** Of these programs, by their packages, the ones that are not installed. */
export const missingPrograms = (
  programs: Readonly<Record<string, string>>,
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(programs).filter(([name]) => findProgram([name]) === undefined),
  );

/** Debian's `rabbitmq-server` on the PATH changes to a user of its own: the script behind it does not. */
export function findBrokerScript(root = '/usr/lib/rabbitmq/lib'): string | undefined {
  try {
    return readdirSync(root)
      .filter((name) => name.startsWith('rabbitmq_server-'))
      .sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))
      .map((name) => join(root, name, 'sbin', 'rabbitmq-server'))
      .find(isExecutable);
  } catch {
    return undefined;
  }
}
