import { createHash } from 'node:crypto';
import { inheritedEnvironment } from './program.js';
import { Refusal } from './refusal.js';
import { lastLine, runCommand } from './run-command.js';

/** Milliseconds for a Docker daemon to answer. */
const answerTimeout = 10_000;

/** True when there is a docker command and its daemon answers. */
export async function dockerAnswers(): Promise<boolean> {
  const { code } = await runCommand('docker', ['version', '--format', '{{.Server.Version}}'], {
    timeout: answerTimeout,
  });
  return code === 0;
}

/** Removes a container, running or not; does nothing where there is none. */
export async function removeContainer(name: string): Promise<void> {
  await runCommand('docker', ['rm', '--force', '--volumes', name]);
}

/** Fetches an image unless it is there. Refuses where it cannot be had. */
export async function provideImage(image: string, signal?: AbortSignal): Promise<void> {
  const { code } = await runCommand('docker', ['image', 'inspect', image], { signal });
  if (code === 0) return;
  const pull = await runCommand('docker', ['pull', '--quiet', image], { signal });
  if (pull.code !== 0) throw new Refusal(`docker pull ${image} failed: ${lastLine(pull.output)}`);
}

/** A container's name: the same for each run of one data directory, another for every other one. */
export function containerName(dataDir: string, role: string): string {
  const id = createHash('sha256').update(dataDir).digest('hex').slice(0, 10);
  return `comprimemelo-${id}-${role}`;
}

export interface ContainerSpec {
  dataDir: string;
  role: string;
  image: string;
  /** Host path to path in the container. */
  mounts: Readonly<Record<string, string>>;
  /** Port on 127.0.0.1 to port in the container; left out: the host's own network. */
  ports?: Readonly<Record<number, number>>;
  /** Further options of docker run. */
  options?: readonly string[];
  /** Environment of the container; named on the command line, valued in docker's own environment. */
  env?: Readonly<Record<string, string>>;
  args?: readonly string[];
}

/**
 * The command that runs a container in the foreground: its client stands for it as a child of ours, hands it
 * the signals and writes its log.
 */
export function containerCommand(spec: ContainerSpec) {
  const name = containerName(spec.dataDir, spec.role);
  const ports = Object.entries(spec.ports ?? {}).map(([from, to]) => `127.0.0.1:${from}:${to}`);
  const env = spec.env ?? {};
  return {
    container: name,
    command: 'docker',
    args: [
      'run',
      '--rm',
      '--name',
      name,
      ...(ports.length === 0 ? ['--network', 'host'] : ports.flatMap((p) => ['--publish', p])),
      ...Object.entries(spec.mounts).flatMap(([from, to]) => ['--volume', `${from}:${to}`]),
      ...Object.keys(env).flatMap((variable) => ['--env', variable]),
      ...(spec.options ?? []),
      spec.image,
      ...(spec.args ?? []),
    ],
    env: { ...inheritedEnvironment(), ...env },
  };
}
