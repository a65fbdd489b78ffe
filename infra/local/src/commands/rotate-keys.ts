import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readRun } from '../process/ledger.js';
import { isAlive } from '../process/process-identity.js';
import { lineOf, Refusal } from '../process/refusal.js';
import { dataDirectory, fromRoot, layout } from '../run/layout.js';

/** The environment of a process of ours, as it was started. */
function environmentOf(pid: number): Record<string, string> {
  const pairs = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').filter(Boolean);
  return Object.fromEntries(
    pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
  );
}

/** What the auth of the run of this data directory was told: its database and its keys. */
function authEnvironment(ledgerFile: string): Record<string, string> {
  const auth = readRun(ledgerFile)?.children.find(
    ({ name, identity }) => name === 'auth' && isAlive(identity),
  );
  if (auth === undefined) throw new Refusal('The system is not running. Start it with: npm start');
  return environmentOf(auth.identity.pid);
}

/** `npm run rotate-keys`: a new signing key for the run of this checkout, while it serves. */
export async function main(): Promise<void> {
  try {
    const env = authEnvironment(layout(dataDirectory()).ledger);
    const program = fromRoot('services/auth/dist/src/rotate-keys.js');
    const { status } = spawnSync(process.execPath, [program], { env, stdio: 'inherit' });
    process.exitCode = status ?? 1;
  } catch (error) {
    console.error(`npm run rotate-keys: ${lineOf(error)}`);
    process.exitCode = 1;
  }
}
