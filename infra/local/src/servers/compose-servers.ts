import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { brokerAnswers, databaseGreets } from '../../bootstrap/server-probes.js';
import type { Program } from '../process/program.js';
import { fromRoot, type Layout, logFile } from '../run/layout.js';
import type { BrokerOptions } from './broker.js';
import { type ComposePart, composeCommand, pullImage } from './compose.js';
import { bodyBound, globalDirectives, type ProxySettings } from './proxy.js';

const bounds = { stopSignal: 'SIGTERM', grace: 60_000, startTimeout: 180_000 } as const;

/** A directory of ours before Docker makes it as root's. */
const make = (...path: string[]) => mkdirSync(join(...path), { recursive: true });

/** Fetches the image and tells how the service is run. */
async function composeProgram(
  part: ComposePart,
  rest: Pick<Program, 'name' | 'logFile' | 'ready'>,
  signal?: AbortSignal,
): Promise<Program> {
  await pullImage(part, signal);
  return { ...composeCommand(part), ...bounds, ...rest };
}

/** MySQL of docker-compose.yml. Its user is made with an empty data directory and kept from then on. */
export function composeDatabase(
  { dirs, port, password }: { dirs: Layout; port: number; password: string },
  signal?: AbortSignal,
): Promise<Program> {
  make(dirs.databaseContainer);
  const env = {
    MYSQL_ROOT_PASSWORD: password,
    MYSQL_PASSWORD: password,
    LOCAL_DATABASE_PORT: String(port),
  };
  const ready = () => databaseGreets({ port });
  return composeProgram(
    { dataDir: dirs.dataDir, service: 'mysql', env },
    { name: 'database', logFile: logFile(dirs, 'database'), ready },
    signal,
  );
}

/** RabbitMQ of docker-compose.yml. Its user, too, is kept with its data. */
export function composeBroker(
  { dirs, ports, account, management }: BrokerOptions,
  signal?: AbortSignal,
): Promise<Program> {
  make(dirs.broker, 'container');
  const env = {
    RABBITMQ_PASSWORD: account.password,
    LOCAL_BROKER_PORT: String(ports.broker),
    LOCAL_MANAGEMENT_PORT: management ? String(ports.brokerManagement) : '',
  };
  const ready = () => brokerAnswers({ port: ports.broker });
  return composeProgram(
    { dataDir: dirs.dataDir, service: 'rabbitmq', env },
    { name: 'broker', logFile: logFile(dirs, 'broker'), ready },
    signal,
  );
}

/** Nginx of docker-compose.yml on the host's network, in front of services that are no containers. */
export function composeProxy(
  {
    dirs,
    port,
    settings,
    ready,
  }: { dirs: Layout; port: number; settings: ProxySettings; ready: () => Promise<boolean> },
  signal?: AbortSignal,
): Promise<Program> {
  const { upstreams, downloadVia, downloadKey, maxUploadBytes, corsOrigins } = settings;
  const env = {
    DOWNLOAD_KEY: downloadKey,
    CORS_ORIGINS: corsOrigins,
    LOCAL_ORIGIN_PORT: String(port),
    LOCAL_AUTH: upstreams.auth,
    LOCAL_TASKS: upstreams.tasks,
    LOCAL_FILES: upstreams.files,
    LOCAL_WEBHOOKS: upstreams.webhooks,
    LOCAL_STORAGE: upstreams.storage,
    LOCAL_MAX_BODY_BYTES: String(bodyBound(maxUploadBytes)),
    LOCAL_DOWNLOAD_VIA: downloadVia,
    LOCAL_GLOBALS: globalDirectives(),
    LOCAL_SITE: fromRoot('openapi/dist/site'),
    LOCAL_UID: String(process.getuid?.() ?? 0),
    LOCAL_GID: String(process.getgid?.() ?? 0),
  };
  return composeProgram(
    { dataDir: dirs.dataDir, service: 'nginx', env },
    { name: 'nginx', logFile: logFile(dirs, 'nginx'), ready },
    signal,
  );
}
