import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { connect } from 'amqplib';
import type { Test } from 'tap';

const root = '/usr/lib/rabbitmq/lib';
const searchPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Debian's programs of RabbitMQ, behind those on the PATH, which change to a user of their own. */
function findPrograms(): string | undefined {
  try {
    const versions = readdirSync(root).filter((name) => name.startsWith('rabbitmq_server-'));
    const newest = versions.sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))[0];
    return newest && join(root, newest, 'sbin');
  } catch {
    return undefined;
  }
}

/** Says why a broker of the test's own cannot be started; false where it can. */
export const cannotStart: string | false =
  findPrograms() === undefined &&
  `no RabbitMQ in ${root}: a container cannot be killed as these tests do`;

/** Ports in a row that nobody listens on, below the ephemeral ones. */
async function freePorts(count: number): Promise<number> {
  const first = 20_000 + Math.floor(Math.random() * 11_000);
  try {
    for (let port = first; port < first + count; port += 1) {
      const server = createServer();
      await once(server.listen({ port, host: '127.0.0.1', exclusive: true }), 'listening');
      await new Promise((resolve) => server.close(resolve));
    }
    return first;
  } catch {
    return freePorts(count);
  }
}

export interface PrivateBroker {
  url: string;
  /** Starts it, with what its disk holds; resolves when it takes messages. */
  start(): Promise<void>;
  /** By SIGKILL. */
  kill(): Promise<void>;
  /** With no memory to use it blocks whoever publishes. */
  memoryAlarm(on: boolean): Promise<void>;
}

/** A RabbitMQ of the test's own, with its own Erlang name server; not yet started. */
export async function privateBroker(t: Test): Promise<PrivateBroker> {
  const port = await freePorts(3);
  const programs = findPrograms() ?? '';
  const dir = mkdtempSync(join(tmpdir(), 'private-broker-'));
  const env = environment(dir, port);
  const url = `amqp://test:test@127.0.0.1:${port}`;
  const configuration = [
    `listeners.tcp.1 = 127.0.0.1:${port}`,
    'default_user = test',
    'default_pass = test',
  ];
  writeFileSync(join(dir, 'rabbitmq.conf'), `${configuration.join('\n')}\n`);
  writeFileSync(join(dir, 'plugins'), '[].\n');
  let child: ChildProcess | undefined;
  const run = promisify(execFile);

  const kill = async () => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, 'exit');
    child.kill('SIGKILL');
    await exit;
  };
  t.teardown(async () => {
    await kill();
    // The name server outlives the broker.
    await run('epmd', ['-port', String(port + 2), '-kill'], { env }).catch(() => undefined);
    // What the broker had started may still write its last.
    await rm(dir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  });
  return {
    url,
    async start() {
      child = spawn(join(programs, 'rabbitmq-server'), { env, cwd: dir, stdio: 'ignore' });
      while (!(await takesMessages(url))) {
        if (child.exitCode !== null || child.signalCode !== null)
          throw new Error('RabbitMQ has ended');
        await pause(100);
      }
    },
    kill,
    async memoryAlarm(on) {
      const watermark = on ? '0' : '0.9';
      await run(join(programs, 'rabbitmqctl'), ['set_vm_memory_high_watermark', watermark], {
        env,
      });
    },
  };
}

const environment = (dir: string, port: number) => ({
  PATH: searchPath,
  LC_ALL: 'C.UTF-8',
  HOME: dir,
  RABBITMQ_CONF_ENV_FILE: '/dev/null',
  RABBITMQ_CONFIG_FILE: join(dir, 'rabbitmq.conf'),
  RABBITMQ_ADVANCED_CONFIG_FILE: join(dir, 'advanced.config'),
  RABBITMQ_ENABLED_PLUGINS_FILE: join(dir, 'plugins'),
  RABBITMQ_PLUGINS_EXPAND_DIR: join(dir, 'expanded'),
  RABBITMQ_MNESIA_BASE: join(dir, 'data'),
  RABBITMQ_LOG_BASE: join(dir, 'log'),
  RABBITMQ_PID_FILE: join(dir, 'broker.pid'),
  RABBITMQ_NODENAME: 'rabbit@localhost',
  RABBITMQ_DIST_PORT: String(port + 1),
  RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '-kernel inet_dist_use_interface {127,0,0,1}',
  ERL_EPMD_ADDRESS: '127.0.0.1',
  ERL_EPMD_PORT: String(port + 2),
  // The script then becomes the broker instead of waiting for it: the signal reaches the broker.
  RUNNING_UNDER_SYSTEMD: 'true',
});

/** As any client finds it: a quorum queue has a leader and takes a message. */
async function takesMessages(url: string): Promise<boolean> {
  try {
    const connection = await connect(url, { timeout: 5_000 });
    connection.on('error', () => undefined);
    const channel = await connection.createConfirmChannel();
    channel.on('error', () => undefined);
    const options = { durable: true, arguments: { 'x-queue-type': 'quorum' } };
    const { queue } = await channel.assertQueue('probe', options);
    channel.sendToQueue(queue, Buffer.from('probe'));
    await channel.waitForConfirms();
    await connection.close();
    return true;
  } catch {
    return false;
  }
}
