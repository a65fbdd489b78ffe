import { faultOfGiven, givenServers, type Variable } from '../../bootstrap/given-servers.js';
import { Refusal } from '../process/refusal.js';
import { together } from '../process/together.js';
import { logFile } from '../run/layout.js';
import { checkPorts, type PortName } from '../run/ports.js';
import type { RunContext } from '../run/run-context.js';
import { loadSecrets } from '../run/secrets.js';
import { type OpenServer, openBroker, openDatabase } from '../servers/open-servers.js';
import { type Provided, provideServers } from '../servers/provide-servers.js';
import type { ServerName } from '../servers/server-programs.js';
import { migrateDatabase } from './migrate-database.js';
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

/**
 * The migrated database and the broker: those that are given, else private ones, started side by side. The broker
 * takes longest to start, and migrations run meanwhile.
 */
export async function openGivenOrPrivate(run: RunContext, given: Given): Promise<Servers> {
  const { databaseUrl, amqpUrl, forTests = false } = given;
  const way = forTests ? { variable: 'TEST_PORT', command: 'npm test' } : undefined;
  await checkPorts(run.ports, usedPorts(given), way);
  await refuseFaulty({ DATABASE_URL: databaseUrl, AMQP_URL: amqpUrl });
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
      progress(`Migrations: ${await migrateDatabase(database.url)}`);
    },
    async (abort: AbortSignal) => {
      if (amqpUrl === undefined) broker = await openBroker(ofBroker, options, abort);
    },
  ];
  await together(starts, signal);
  return { provided, database, broker };
}

/** Milliseconds for a given server to speak, on a machine that is busy with a start. */
const patience = 5_000;

/** `npm start` asks in the same way, before it installs anything. */
async function refuseFaulty(given: Record<Variable, string | undefined>): Promise<void> {
  for (const name of givenServers) {
    const url = given[name];
    const fault = url === undefined ? undefined : await faultOfGiven(name, url, patience);
    if (fault !== undefined) throw new Refusal(fault);
  }
}
