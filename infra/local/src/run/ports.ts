import { createServer } from 'node:net';
import { Refusal } from '../process/refusal.js';

/** Who listens where, counted from the origin's port. */
const offsets = {
  nginx: 0,
  auth: 1,
  tasks: 2,
  files: 3,
  storage: 4,
  compressor: 5,
  notifier: 6,
  database: 7,
  broker: 8,
  brokerDistribution: 9,
  brokerManagement: 10,
  brokerNames: 11,
  webhooks: 12,
} as const;

export type PortName = keyof typeof offsets;
export type Ports = Record<PortName, number>;

const names = Object.keys(offsets) as PortName[];
const highest = 65_535 - Math.max(...Object.values(offsets));

/** All ports of a run. Refuses what is no port or leaves no room above it. */
export function portsFrom(origin: string | number): Ports {
  const first = typeof origin === 'number' ? origin : Number(origin);
  if (!Number.isInteger(first) || first < 1 || first > highest) {
    throw new Refusal(`PORT must be a whole number from 1 to ${highest}, not "${origin}".`);
  }
  return Object.fromEntries(names.map((name) => [name, first + offsets[name]])) as Ports;
}

type Bound = 'free' | 'taken' | 'forbidden';

function tryPort(port: number): Promise<Bound> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve('taken');
      else if (error.code === 'EACCES') resolve('forbidden');
      else reject(error);
    });
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
      server.close(() => resolve('free'));
    });
  });
}

/**
 * Refuses, naming the port and the way out, where one of them cannot be listened on. The way out is the command
 * with a port behind `variable`.
 */
export async function checkPorts(
  ports: Ports,
  used: readonly PortName[] = names,
  { variable, command } = { variable: 'PORT', command: 'npm start' },
): Promise<void> {
  const other = ports.nginx + 1000 <= highest ? ports.nginx + 1000 : 8080;
  const wayOut = `${variable}=${other} ${command}`;
  for (const name of used) {
    const bound = await tryPort(ports[name]);
    if (bound === 'taken') {
      throw new Refusal(
        `Port ${ports[name]} (for ${name}) is already in use. Choose another port: ${wayOut}`,
      );
    }
    if (bound === 'forbidden') {
      throw new Refusal(
        `Port ${ports[name]} (for ${name}) requires root. Choose a higher port: ${wayOut}`,
      );
    }
  }
}
