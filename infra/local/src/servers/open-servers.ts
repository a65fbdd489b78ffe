import { step } from '../process/progress.js';
import type { Supervised } from '../process/supervise.js';
import { type RunContext, runEnvironment, startPart } from '../run/run-context.js';
import type { Secrets } from '../run/secrets.js';
import { brokerProgram, brokerUrl, managementUrl } from './broker.js';
import { composeBroker, composeDatabase } from './compose-servers.js';
import { databaseProgram, databaseUrl } from './database.js';
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
  const title = isContainer ? 'mysql of docker-compose.yml' : `${found.flavour} ${found.version}`;
  const server = await step(run.progress, `Starting the database (${title})`, async () => {
    const program = isContainer
      ? await composeDatabase({ ...options, password }, signal)
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
  const title = found === 'container' ? 'of docker-compose.yml' : found;
  const server = await step(run.progress, `Starting RabbitMQ (${title})`, async () => {
    const program =
      found === 'container' ? await composeBroker(options, signal) : brokerProgram(found, options);
    return startPart(program, run, signal);
  });
  return {
    url: brokerUrl(account, run.ports.broker),
    management: managementUrl(account, run.ports.brokerManagement),
    server,
  };
}
