import { once } from 'node:events';
import { type AddressInfo, createServer, connect as open, type Socket } from 'node:net';
import { type TestBroker, testBroker } from '@comprimemelo/testing/broker';
import type { Test } from 'tap';
import { type BrokerConnection, connect } from '../src/connection.js';
import type { Logger } from '../src/logger.js';
import { bodyOf } from '../src/message.js';
import { declareTopology } from '../src/topology.js';

/** Milliseconds that a test waits for the broker. */
export const readyTimeout = 20_000;

export interface Line {
  level: string;
  message: string;
  details: object;
}

/** A logger that keeps its lines. */
export function recorder(): Logger & { lines: Line[] } {
  const lines: Line[] = [];
  const at = (level: string) => (details: object, message: string) =>
    void lines.push({ level, message, details });
  return { lines, info: at('info'), warn: at('warn'), error: at('error') };
}

export interface Setup {
  broker: TestBroker;
  connection: BrokerConnection;
  logger: ReturnType<typeof recorder>;
}

/** A virtual host of the test's own with the whole topology, and a ready connection to it. */
export async function setup(t: Test): Promise<Setup> {
  const broker = await testBroker();
  t.teardown(() => broker.delete());
  const logger = recorder();
  const connection = connect(broker.url, { logger, name: t.name });
  t.teardown(() => connection.close());
  declareTopology(connection);
  await connection.waitUntilReady(readyTimeout);
  return { broker, connection, logger };
}

/** The first message of a queue, taken from it; undefined where none waits. */
export async function take(connection: BrokerConnection, queue: string) {
  const message = await connection.withChannel((channel) => channel.get(queue, { noAck: true }));
  return message ? { ...message, body: bodyOf(message) } : undefined;
}

/** Collects what is pushed; `next` resolves with the oldest, in order, and waits for it. */
export function inbox<Item>(): { push(item: Item): void; next(): Promise<Item> } {
  const items: Item[] = [];
  const waiting: ((item: Item) => void)[] = [];
  return {
    push(item) {
      const taker = waiting.shift();
      if (taker) taker(item);
      else items.push(item);
    },
    next() {
      const item = items.shift();
      return item === undefined
        ? new Promise((resolve) => waiting.push(resolve))
        : Promise.resolve(item);
    },
  };
}

export interface Proxy {
  /** The broker's address by way of the proxy. */
  url: string;
  /** The broker's answers wait from now on. */
  hold(): void;
  /** They go through again, those that waited first. */
  release(): void;
  /** Ends the connections. */
  cut(): void;
  /** How many connections stand. */
  count(): number;
  /** How many channels the clients have opened. */
  channelsOpened(): number;
}

/** The method channel.open (20, 10) with its empty argument, and the end of its frame. */
const channelOpen = '\x00\x14\x00\x0a\x00\xce';

/** A way to the broker on which its answers can be held up, as by a slow disk. */
export async function slowProxy(t: Test, brokerUrl: string): Promise<Proxy> {
  const { hostname, port } = new URL(brokerUrl);
  const answers = new Set<Socket>();
  let opened = 0;
  const server = createServer((client) => {
    const broker = open(Number(port), hostname);
    answers.add(broker);
    broker.on('data', (answer) => client.write(answer));
    client.pipe(broker);
    client.on('data', (bytes: Buffer) => {
      opened += bytes.toString('latin1').split(channelOpen).length - 1;
    });
    for (const socket of [client, broker]) {
      socket.on('error', () => undefined);
      socket.on('close', () => [client, broker].map((either) => either.destroy()));
    }
    broker.on('close', () => answers.delete(broker));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const each = (action: (broker: Socket) => void) => () => void [...answers].map(action);
  const cut = each((broker) => broker.destroy());
  t.teardown(() => {
    cut();
    server.close();
  });
  const url = new URL(brokerUrl);
  url.port = String((server.address() as AddressInfo).port);
  const hold = each((broker) => broker.pause());
  return {
    url: url.href,
    hold,
    release: each((broker) => broker.resume()),
    cut,
    count: () => answers.size,
    channelsOpened: () => opened,
  };
}
