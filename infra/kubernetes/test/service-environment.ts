import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromRoot, type Overlay, overlayFolder, readEnvFile } from './read-kustomization.js';
import type { Container, Variable } from './workloads.js';

export type Environment = Record<string, string>;

/** The folders of services/. */
export const serviceNames = readdirSync(fromRoot('services'));

/** What make-secrets.sh writes into an overlay's folder. */
export function makeSecrets(folder: string): Environment {
  execFileSync('sh', [fromRoot('infra/kubernetes/make-secrets.sh'), folder]);
  return readEnvFile(join(folder, 'secrets.env'));
}

/** The ConfigMap `settings` of an overlay. */
export function settingsOf(overlay: Overlay): Environment {
  const own = join(overlayFolder(overlay), 'settings.env');
  return {
    ...readEnvFile(fromRoot('infra/kubernetes/base/settings.env')),
    ...(existsSync(own) ? readEnvFile(own) : {}),
  };
}

/** What the image sets. */
export function imageEnvironment(): Environment {
  const dockerfile = readFileSync(fromRoot('infra/docker/Dockerfile'), 'utf8');
  const lines = [...dockerfile.matchAll(/^ENV (.+)$/gm)].map(([, line]) => line ?? '');
  return Object.fromEntries(lines.flatMap((line) => line.split(' ')).map((one) => one.split('=')));
}

const expand = (text: string, known: Environment): string =>
  text.replaceAll(/\$\(([A-Z_]+)\)/g, (_, name) => known[name] ?? '');

/** What a container is told. Throws where a secret or a setting is not there that has to be. */
export function environmentOf(
  { env = [], envFrom = [] }: Container,
  { settings, secrets }: { settings: Environment; secrets: Environment },
): Environment {
  const read = ({ name, value, valueFrom = {} }: Variable, known: Environment) => {
    const { secretKeyRef: secret, configMapKeyRef: setting } = valueFrom;
    const found = secret ? secrets[secret.key] : setting && settings[setting.key];
    if (value === undefined && found === undefined && !secret?.optional) {
      throw new Error(`${name} comes from nowhere`);
    }
    return value === undefined ? found : expand(value, known);
  };
  const told = { ...imageEnvironment(), ...(envFrom.length > 0 ? settings : {}) };
  for (const variable of env) {
    const value = read(variable, told);
    if (value !== undefined) told[variable.name] = value;
  }
  return told;
}

type LoadConfig = (env: Record<string, string | undefined>) => unknown;

/** Has a service read an environment, and tells what it asked for. Throws its ConfigError where it refuses. */
export async function variablesRead(name: string, environment: Environment): Promise<Set<string>> {
  const path = fromRoot('services', name, 'dist/src/config.js');
  const { loadConfig } = (await import(path)) as { loadConfig: LoadConfig };
  const asked = new Set<string>();
  const watched = new Proxy(environment, {
    get(variables, variable) {
      if (typeof variable === 'string') asked.add(variable);
      return Reflect.get(variables, variable);
    },
  });
  loadConfig(watched);
  return asked;
}
