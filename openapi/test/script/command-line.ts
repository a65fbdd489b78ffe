import { type ChildProcess, execFile, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Test } from 'tap';
import { childEnvironment, testOrigin } from '../config.js';

/** The script itself. */
export const program = fileURLToPath(new URL('../../../curl/comprimemelo', import.meta.url));
const origin = testOrigin();

const missing = ['curl', 'jq', 'shellcheck', 'python3', 'script'].filter(
  (name) => spawnSync(name, ['--version'], { stdio: 'ignore' }).error !== undefined,
);
/** Why it cannot be tested here; false where it can. */
export const skip = missing.length > 0 && `${missing.join(', ')}: not on this machine`;

interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs a command to its end; `start` is given its process. */
export function run(
  command: string,
  args: string[],
  options: object,
  start: (child: ChildProcess) => void = () => undefined,
): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = execFile(
      command,
      args,
      { encoding: 'utf8', ...options },
      (error, stdout, stderr) => {
        const code = typeof error?.code === 'number' ? error.code : 0;
        resolve({ code: error === null ? 0 : code || 255, stdout, stderr });
      },
    );
    start(child);
  });
}

/** Somebody with a folder, a file of tokens and an account of their own. */
export async function person(t: Test) {
  const folder = t.testdir();
  const tokens = join(folder, 'config', 'tokens.json');
  const env = childEnvironment({
    COMPRIMEMELO_URL: origin,
    COMPRIMEMELO_TOKENS: tokens,
    COMPRIMEMELO_PASSWORD: 'correct horse "battery" staple',
  });
  const comprimemelo = (...args: string[]) => run(program, args, { cwd: folder, env });
  const username = `c-${randomUUID().slice(0, 30)}`;
  const signUp = () => comprimemelo('signup', username, `${username}@example.com`);
  return { folder, tokens, env, comprimemelo, username, signUp };
}
