import { execFile, spawnSync } from 'node:child_process';
import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { childEnvironment, testedSystem } from '../config.js';
import { root, writtenOrigin } from './pages.js';

const run = promisify(execFile);

/** Says which of these programs are not on this machine; false where all are. */
export function withoutPrograms(names: readonly string[]): string | false {
  const missing = names.filter(
    (name) => spawnSync('sh', ['-c', `command -v ${name}`], { stdio: 'ignore' }).status !== 0,
  );
  return missing.length > 0 && `${missing.join(' and ')}: not on this machine`;
}

/**
 * Runs a page's shell lines as they are written, but for the origin, in a folder that has the files of the checkout
 * which they name. Returns what each step has printed. Throws where a line fails or writes to standard error.
 */
export async function runSteps(
  steps: ReadonlyMap<string, string>,
  { directory, files }: { directory: string; files: readonly string[] },
): Promise<Map<string, string>> {
  const { origin } = testedSystem();
  const script = [...steps.values()].join("printf '\\f'\n").replaceAll(writtenOrigin, origin);
  for (const file of files) await symlink(join(root, file), join(directory, file));
  const tokens = join(directory, 'tokens.json');
  const env = childEnvironment({ COMPRIMEMELO_URL: origin, COMPRIMEMELO_TOKENS: tokens });
  const { stdout, stderr } = await run('sh', ['-e', '-c', script], { cwd: directory, env });
  if (stderr !== '') throw new Error(stderr);
  const printed = stdout.split('\f');
  return new Map([...steps.keys()].map((title, index) => [title, printed[index] ?? '']));
}
