import { join } from 'node:path';
import t from 'tap';
import { givenEnvironment } from '../../src/config.js';
import { readRun } from '../../src/process/ledger.js';
import { markedProcesses } from '../../src/process/process-identity.js';
import { until } from '../../src/process/until.js';
import { checkPorts, portsFrom } from '../../src/run/ports.js';
import { answersReady } from '../../src/servers/probes.js';
import { startSystem } from '../../src/system/system.js';
import type { System } from '../../src/system/system-handle.js';
import { freePorts } from '../fixtures/free-ports.js';
import { givenServers } from '../fixtures/given-servers.js';
import { testData } from '../fixtures/test-data.js';

const waiting = { timeout: 60_000 };
const credentials = { username: 'ana', password: 'a quiet river at noon' };

const post = (system: System, path: string, body: object) =>
  fetch(`${system.origin}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

// Whole systems start and stop here.
t.setTimeout(300_000);

t.test('a system from an empty directory, and again with its data', async (t) => {
  const dataDir = testData(t);
  const port = await freePorts(13);
  const lines: string[] = [];
  const options = { port, dataDir, progress: (line: string) => lines.push(line) };

  const first = await startSystem(options);
  t.teardown(() => first.close());
  const mark = readRun(join(dataDir, 'run.json'))?.mark ?? '';
  t.equal(first.origin, `http://127.0.0.1:${port}`);
  t.match(lines.join('\n'), /database.*RabbitMQ.*Migrations: applied .*storage.*nginx/s);
  t.equal(lines.at(-1), '7-Zip runs in the full sandbox (bwrap)');
  for (const [name, url] of Object.entries(first.urls.services)) {
    t.ok(await answersReady(url), `${name} is ready`);
  }
  t.ok(await answersReady(first.origin));
  t.equal(
    (await post(first, '/api/auth/signup', { ...credentials, email: 'a@b.example' })).status,
    201,
  );
  await t.rejects(startSystem(options), { name: 'Refusal', message: /is already running/ });

  await first.close();
  t.same(markedProcesses(mark), [], 'no process is left');
  await t.resolves(checkPorts(portsFrom(port)), 'every port is free');

  lines.length = 0;
  const second = await startSystem(options);
  t.teardown(() => second.close());
  t.match(lines.join('\n'), 'Migrations: up to date');
  t.equal((await post(second, '/api/auth/login', credentials)).status, 200, 'the account is found');

  const { auth } = second.pids();
  second.kill('auth', 'SIGKILL');
  t.ok(await until(() => ![undefined, auth].includes(second.pids().auth), waiting));
  t.ok(await until(() => answersReady(second.urls.services.auth), waiting));
  t.match(lines.at(-1), /^auth exited unexpectedly \(signal SIGKILL\)/);

  const { storage } = second.pids();
  await second.restart('storage');
  t.not(second.pids().storage, storage);
});

t.test('what cannot start is one clear line, and leaves nothing running', async (t) => {
  const dataDir = testData(t);
  const port = await freePorts(13);
  let mark = '';
  const environment = { files: { LOG_LEVEL: 'nonsense' } };
  const { DATABASE_URL: databaseUrl, AMQP_URL: amqpUrl } = await givenServers(t);
  const progress = () => {
    mark = readRun(join(dataDir, 'run.json'))?.mark ?? mark;
  };
  await t.rejects(startSystem({ port, dataDir, environment, progress, databaseUrl, amqpUrl }), {
    name: 'Refusal',
    message: /^files did not start \(exit code 1\): .*LOG_LEVEL.*files\.log\)$/,
  });
  t.not(mark, '');
  t.same(markedProcesses(mark), []);
  await t.resolves(checkPorts(portsFrom(port)));
});

t.test('servers that are given and do not answer are named', async (t) => {
  const port = await freePorts(13);
  const away = await freePorts();
  const databaseUrl = `mysql://u:secret@127.0.0.1:${away}/db`;
  const amqpUrl = `amqp://u:secret@127.0.0.1:${away}`;
  const start = (given: object) => startSystem({ port, dataDir: testData(t), ...given });
  const { TEST_DATABASE_URL, TEST_AMQP_URL } = givenEnvironment();
  await t.rejects(start({ databaseUrl: TEST_DATABASE_URL, amqpUrl }), {
    name: 'Refusal',
    message: `No RabbitMQ answers at 127.0.0.1:${away} (AMQP_URL: amqp://user:password@host:5672/virtual-host).`,
  });
  await t.rejects(start({ databaseUrl, amqpUrl: TEST_AMQP_URL }), {
    name: 'Refusal',
    message: `No database answers at 127.0.0.1:${away} (DATABASE_URL: mysql://user:password@host:3306/database).`,
  });
});
