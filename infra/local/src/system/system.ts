import { Closers } from '../process/closers.js';
import { checkDiskSpace } from '../process/disk-space.js';
import { endMarked, endOrphans } from '../process/end-run.js';
import { openLedger } from '../process/ledger.js';
import { layout, makeDirectories } from '../run/layout.js';
import { portsFrom } from '../run/ports.js';
import type { RunContext } from '../run/run-context.js';
import { loadSecrets } from '../run/secrets.js';
import { openGivenOrPrivate } from './open-given-or-private.js';
import { openProxy } from './open-proxy.js';
import { openServices } from './open-services.js';
import { sandboxLine } from './sandbox-line.js';
import {
  type Environment,
  type ServiceName,
  serviceUrl,
  systemEnvironments,
} from './service-environment.js';
import { type System, toSystem } from './system-handle.js';

export interface SystemOptions {
  /** The origin's port; the others follow it. */
  port: number | string;
  /** Absolute; made where it is missing, found again where it is there. */
  dataDir: string;
  /** Servers that run already; private ones are started where these are left out. */
  databaseUrl?: string | undefined;
  amqpUrl?: string | undefined;
  /** Further environment for each service. */
  environment?: Partial<Record<ServiceName, Environment>>;
  /** The address in links and tokens; default: the origin. */
  publicUrl?: string | undefined;
  /** All files of one request, in bytes; default 10 GiB. */
  maxUploadBytes?: number | undefined;
  downloadVia?: 'disk' | 'storage';
  /** Origins of web pages that may call the API, separated by spaces; none unless they are given. */
  corsOrigins?: string | undefined;
  /** Gives the private servers what tests need: every database, and the broker's management API. */
  forTests?: boolean;
  progress?: (line: string) => void;
  /** Ends a start that is under way. */
  signal?: AbortSignal;
}

const defaultUploadBytes = 10 * 1024 ** 3;

/**
 * Starts the whole system: servers, migrations, services and nginx. Rejects, with nothing left running, where
 * a part does not start; a Refusal says what the person at the terminal can do.
 */
export async function startSystem(options: SystemOptions): Promise<System> {
  const { progress = () => undefined, signal } = options;
  const dirs = layout(options.dataDir);
  const ports = portsFrom(options.port);
  const origin = `http://127.0.0.1:${ports.nginx}`;
  makeDirectories(dirs);
  await endOrphans(dirs.ledger, progress);
  const ledger = openLedger(dirs.ledger, origin);
  const closers = new Closers();
  closers.add(() => ledger.close());
  closers.add(() => endMarked(ledger.mark));
  const run: RunContext = { dirs, ports, ledger, progress, closers, signal };
  try {
    return await open(run, options, origin);
  } catch (error) {
    await closers.close();
    throw error;
  }
}

async function open(run: RunContext, options: SystemOptions, origin: string): Promise<System> {
  const { dirs, ports, progress, signal } = run;
  const { maxUploadBytes = defaultUploadBytes, downloadVia = 'disk', corsOrigins = '' } = options;
  checkDiskSpace(dirs.dataDir);
  const { provided, database, broker } = await openGivenOrPrivate(run, options);
  signal?.throwIfAborted();
  const environments = systemEnvironments(
    {
      ports,
      dirs,
      secrets: loadSecrets(dirs),
      maxUploadBytes,
      databaseUrl: database.url,
      amqpUrl: broker.url,
      publicUrl: options.publicUrl ?? origin,
    },
    options.environment,
  );
  const services = await openServices(run, environments);
  await openProxy(run, { provided, downloadVia, maxUploadBytes, corsOrigins });
  progress(await sandboxLine(serviceUrl(ports, 'compressor')));
  return toSystem({ run, origin, database, broker, services });
}
