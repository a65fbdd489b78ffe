import { provideImage } from '../process/docker.js';
import { step } from '../process/progress.js';
import type { Supervised } from '../process/supervise.js';
import { type RunContext, runEnvironment, startPart } from '../run/run-context.js';
import type { Secrets } from '../run/secrets.js';
import { brokerProgram, brokerUrl, managementUrl } from './broker.js';
import { databaseProgram, databaseUrl } from './database.js';
import { brokerContainer, databaseContainer, images } from './docker-servers.js';
import type { Provided } from './provide-servers.js';

const user = 'comprimemelo';

/** A server of this run: where it is reached, and what keeps it running. */
export interface OpenServer {
  url: string;
  /** Undefined where the server was given. */
  server?: Supervised;
}

interface ServerOptions {
  provided: Provided;
  secrets: Secrets;
  /** For tests: databases of their own, and the broker's management API. */
  forTests: boolean;
}

/** Starts the private database, as a program of this machine or in a container. */
export async function openDatabase(
  run: RunContext,
  { provided, secrets, forTests }: ServerOptions,
  signal: AbortSignal,
): Promise<OpenServer> {
  const { database: found } = provided;
  const isContainer = found === undefined || found === 'container';
  const password = secrets.databasePassword;
  // The container's image gives an ordinary user a single database.
  const name = isContainer && forTests ? 'root' : user;
  const account = { database: 'comprimemelo', user: name, password, everyDatabase: forTests };
  const options = { dirs: run.dirs, port: run.ports.database, account };
  const title = isContainer ? images.database : `${found.flavour} ${found.version}`;
  const server = await step(run.progress, `Starting the database (${title})`, async () => {
    if (isContainer) await provideImage(images.database, signal);
    const program = isContainer
      ? databaseContainer({ ...options, rootPassword: password })
      : await databaseProgram(found, { ...options, env: runEnvironment(run), signal });
    return startPart(program, run, signal);
  });
  return { url: databaseUrl(account, run.ports.database), server };
}

/** Starts the private RabbitMQ, as a program of this machine or in a container. */
export async function openBroker(
  run: RunContext,
  { provided, secrets, forTests }: ServerOptions,
  signal: AbortSignal,
): Promise<OpenServer & { management: string }> {
  const { broker: found = 'container' } = provided;
  const account = { user, password: secrets.brokerPassword };
  const options = { dirs: run.dirs, ports: run.ports, account, management: forTests };
  const title = found === 'container' ? images.broker : found;
  const server = await step(run.progress, `Starting RabbitMQ (${title})`, async () => {
    if (found === 'container') await provideImage(images.broker, signal);
    const program =
      found === 'container' ? brokerContainer(options) : brokerProgram(found, options);
    return startPart(program, run, signal);
  });
  return {
    url: brokerUrl(account, run.ports.broker),
    management: managementUrl(account, run.ports.brokerManagement),
    server,
  };
}
