import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { inheritedEnvironment } from '../process/program.js';
import { Refusal } from '../process/refusal.js';
import { lastLine, runCommand } from '../process/run-command.js';
import { fromRoot } from '../run/layout.js';

/** The services of docker-compose.yml that a run takes from there. */
export type ComposeService = 'mysql' | 'rabbitmq' | 'nginx';

const files = [fromRoot('docker-compose.yml'), fromRoot('infra/local/compose.yml')];
/** Below it `!reset` and `!override` of compose.yml are not understood. */
const leastVersion = [2, 24, 4];
/** Milliseconds for Docker to answer. */
const patience = 10_000;

/** True for a version of Docker Compose, as `docker compose version --short` says it, that is new enough. */
export function isEnough(version: string): boolean {
  const parts = /^v?(\d+)\.(\d+)\.(\d+)/.exec(version.trim())?.slice(1).map(Number) ?? [];
  const first = leastVersion.findIndex((least, index) => parts[index] !== least);
  return first === -1 || (parts[first] ?? -1) > (leastVersion[first] ?? 0);
}

/** True when Docker's daemon answers and its Compose is new enough. */
export async function composeAnswers(): Promise<boolean> {
  const ask = (args: string[]) => runCommand('docker', args, { timeout: patience });
  const daemon = await ask(['version', '--format', '{{.Server.Version}}']);
  if (daemon.code !== 0) return false;
  const { code, output } = await ask(['compose', 'version', '--short']);
  return code === 0 && isEnough(output);
}

/** The same for each run of one data directory, another for every other one. */
function projectOf(dataDir: string): string {
  return `comprimemelo-${createHash('sha256').update(dataDir).digest('hex').slice(0, 10)}`;
}

/** What docker-compose.yml will not do without, for services that do not run here. */
function unusedSecrets(): Record<string, string> {
  const names = readFileSync(fromRoot('docker-compose.yml'), 'utf8').matchAll(/\$\{(\w+):\?/g);
  return Object.fromEntries([...names].map(([, name = '']) => [name, 'unused']));
}

/** What compose.yml names, where a service that does not run here needs it. */
function unusedSettings(): Record<string, string> {
  const names = readFileSync(fromRoot('infra/local/compose.yml'), 'utf8').matchAll(/\$\{(\w+)\}/g);
  return Object.fromEntries([...names].map(([, name = '']) => [name, '']));
}

export interface ComposePart {
  dataDir: string;
  service: ComposeService;
  /** The variables of both files that the service has; secrets stay off the command line. */
  env: Readonly<Record<string, string>>;
}

/** Of both files, with no `.env` of the checkout between them. */
const composeArgs = ({ dataDir }: ComposePart): string[] => [
  ...['compose', '--project-name', projectOf(dataDir), '--env-file', '/dev/null'],
  ...files.flatMap((file) => ['--file', file]),
];

const composeEnvironment = ({ dataDir, env }: ComposePart): Record<string, string> => ({
  ...inheritedEnvironment(),
  ...unusedSecrets(),
  ...unusedSettings(),
  LOCAL_DATA_DIR: dataDir,
  ...env,
});

/**
 * The command that runs one service of docker-compose.yml in the foreground: it stands for the container as a child
 * of ours, takes the signals and writes its log.
 */
export function composeCommand(part: ComposePart) {
  return {
    container: `${projectOf(part.dataDir)}-${part.service}-1`,
    command: 'docker',
    args: [...composeArgs(part), 'up', '--no-deps', '--no-color', '--no-log-prefix', part.service],
    env: composeEnvironment(part),
  };
}

/** Fetches the service's image unless it is there. Refuses where it cannot be had. */
export async function pullImage(part: ComposePart, signal?: AbortSignal): Promise<void> {
  const args = [...composeArgs(part), 'pull', '--quiet', '--policy', 'missing', part.service];
  const { code, output } = await runCommand('docker', args, {
    env: composeEnvironment(part),
    signal,
  });
  if (code !== 0) {
    throw new Refusal(`docker compose pull ${part.service} failed: ${lastLine(output)}`);
  }
}
