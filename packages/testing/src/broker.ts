import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { readTestBroker } from './config.js';

export interface TestBroker {
  /** AMQP address of a virtual host that nobody else uses. */
  url: string;
  /** Cuts every connection to the virtual host; resolves when that many were seen and cut. */
  cutConnections(count?: number): Promise<void>;
  /** Removes everything in the virtual host, as a broker that lost its disk. */
  wipe(): Promise<void>;
  /** The address for a user of the virtual host's own, who ends with it. */
  addUser(name: string, password: string): Promise<string>;
  /** Drops what waits in the queue. */
  purge(queue: string): Promise<void>;
  /** The first message of the queue, taken from it; undefined where none waits. */
  take(queue: string): Promise<TakenMessage | undefined>;
  delete(): Promise<void>;
}

export interface TakenMessage {
  /** As JSON says. */
  body: unknown;
  headers: Record<string, unknown>;
}

const allRights = { configure: '.*', write: '.*', read: '.*' };

type Call = (method: string, path: string, body?: object) => Promise<unknown>;

/** Calls RabbitMQ's management API; throws where it refuses. */
function managementCall(managementUrl: string): Call {
  const { username, password, origin } = new URL(managementUrl);
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  const authorization = `Basic ${Buffer.from(credentials).toString('base64')}`;
  return async (method, path, body) => {
    const response = await fetch(`${origin}/api${path}`, {
      method,
      headers: { authorization, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  };
}

/** A virtual host of the test's own on the RabbitMQ of the tests, with all rights for its user. */
export async function testBroker(): Promise<TestBroker> {
  const { amqpUrl, managementUrl } = readTestBroker();
  const call = managementCall(managementUrl);
  const name = `test-${randomUUID()}`;
  const url = new URL(amqpUrl);
  url.pathname = `/${name}`;

  const create = async () => {
    await call('PUT', `/vhosts/${name}`, {});
    await call('PUT', `/permissions/${name}/${url.username}`, allRights);
  };
  const remove = () => call('DELETE', `/vhosts/${name}`).then(() => undefined);
  const users: string[] = [];

  await create();
  return {
    url: url.href,
    cutConnections: (count = 1) => cutConnections(call, name, count),
    async wipe() {
      await remove();
      await create();
    },
    async purge(queue) {
      await call('DELETE', `/queues/${name}/${queue}/contents`);
    },
    take: (queue) => take(call, `/queues/${name}/${queue}/get`),
    async addUser(shortName, password) {
      const user = `${name}-${shortName}`;
      await call('PUT', `/users/${user}`, { password, tags: '' });
      users.push(user);
      await call('PUT', `/permissions/${name}/${user}`, allRights);
      const address = new URL(url);
      address.username = user;
      address.password = encodeURIComponent(password);
      return address.href;
    },
    async delete() {
      await remove();
      for (const user of users) await call('DELETE', `/users/${user}`);
    },
  };
}

async function take(call: Call, path: string): Promise<TakenMessage | undefined> {
  const how = { count: 1, ackmode: 'ack_requeue_false', encoding: 'auto' };
  const [message] = (await call('POST', path, how)) as {
    payload: string;
    properties: { headers?: Record<string, unknown> };
  }[];
  if (message === undefined) return undefined;
  return { body: JSON.parse(message.payload), headers: message.properties.headers ?? {} };
}

/** The management API learns of connections every few seconds only. */
async function cutConnections(call: Call, vhost: string, count: number): Promise<void> {
  for (let cut = 0; cut < count; ) {
    const connections = (await call('GET', `/vhosts/${vhost}/connections`)) as { name: string }[];
    for (const { name } of connections) {
      await call('DELETE', `/connections/${encodeURIComponent(name)}`).then(
        () => {
          cut += 1;
        },
        () => undefined,
      );
    }
    if (cut < count) await pause(200);
  }
}
