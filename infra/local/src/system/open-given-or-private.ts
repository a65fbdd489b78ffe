import { Refusal } from '../process/refusal.js';
import { together } from '../process/together.js';
import { logFile } from '../run/layout.js';
import { checkPorts, type PortName } from '../run/ports.js';
import type { RunContext } from '../run/run-context.js';
import { loadSecrets } from '../run/secrets.js';
import { type OpenServer, openBroker, openDatabase } from '../servers/open-servers.js';
import { brokerAnswers } from '../servers/probes.js';
import { type Provided, provideServers } from '../servers/provide-servers.js';
import type { ServerName } from '../servers/server-programs.js';
import { serviceNames } from './service-environment.js';

export interface Servers {
  provided: Provided;
  database: OpenServer;
  broker: OpenServer & { management?: string };
}

interface Given {
  databaseUrl?: string | undefined;
  amqpUrl?: string | undefined;
  forTests?: boolean;
}

const brokerPorts: PortName[] = ['broker', 'brokerDistribution', 'brokerNames'];

/** The ports that this run listens on: nothing is started before each of them is known to be free. */
const usedPorts = ({ databaseUrl, amqpUrl, forTests }: Given): PortName[] => [
  'nginx',
  ...serviceNames,
  ...(databaseUrl === undefined ? (['database'] as const) : []),
  ...(amqpUrl === undefined ? brokerPorts : []),
  ...(amqpUrl === undefined && forTests ? (['brokerManagement'] as const) : []),
];

/** The database and the broker: those that are given, else private ones, started side by side. */
export async function openGivenOrPrivate(run: RunContext, given: Given): Promise<Servers> {
  const { databaseUrl, amqpUrl, forTests = false } = given;
  const way = forTests ? { variable: 'TEST_PORT', command: 'npm test' } : undefined;
  await checkPorts(run.ports, usedPorts(given), way);
  if (amqpUrl !== undefined) await checkBroker(amqpUrl);
  const needed: ServerName[] = [
    ...(databaseUrl === undefined ? (['database'] as const) : []),
    ...(amqpUrl === undefined ? (['broker'] as const) : []),
    'proxy',
  ];
  const { progress, signal } = run;
  const provided = await provideServers(needed, {
    progress,
    signal,
    logFile: logFile(run.dirs, 'apt-get'),
  });
  const options = { provided, secrets: loadSecrets(run.dirs), forTests };
  let database: OpenServer = { url: databaseUrl ?? '' };
  let broker: Servers['broker'] = { url: amqpUrl ?? '' };
  // Started side by side, and stopped in this order: the broker, then the database.
  const ofDatabase = { ...run, closers: run.closers.nest() };
  const ofBroker = { ...run, closers: run.closers.nest() };
  const starts = [
    async (abort: AbortSignal) => {
      if (databaseUrl === undefined) database = await openDatabase(ofDatabase, options, abort);
    },
    async (abort: AbortSignal) => {
      if (amqpUrl === undefined) broker = await openBroker(ofBroker, options, abort);
    },
  ];
  await together(starts, signal);
  return { provided, database, broker };
}

const usualPort = 5672;

async function checkBroker(amqpUrl: string): Promise<void> {
  if (!URL.canParse(amqpUrl)) throw new Refusal('AMQP_URL is not a URL.');
  const { hostname, port, protocol } = new URL(amqpUrl);
  // A broker behind TLS does not answer in clear.
  if (protocol === 'amqps:') return;
  if (!(await brokerAnswers(Number(port || usualPort), hostname))) {
    throw new Refusal(`No RabbitMQ answers at ${hostname}:${port || usualPort} (AMQP_URL).`);
  }
}
