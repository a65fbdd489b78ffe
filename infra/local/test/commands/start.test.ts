import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { givenEnvironment } from '../../src/config.js';
import { readRun } from '../../src/process/ledger.js';
import { markedProcesses } from '../../src/process/process-identity.js';
import { freePorts } from '../fixtures/free-ports.js';
import { givenServers } from '../fixtures/given-servers.js';
import { testData } from '../fixtures/test-data.js';

/** `npm start` or `npm stop` behind the installation, in a process group of its own as in a terminal. */
function command(t: Test, name: 'start' | 'stop', env: Record<string, string>) {
  const url = new URL(`../../src/commands/${name}.js`, import.meta.url);
  const source = `const { main } = await import('${url}'); await main([]);`;
  const child: ChildProcess = spawn(process.execPath, ['--input-type=module', '-e', source], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...givenEnvironment(), ...env },
  });
  t.teardown(() => child.kill('SIGTERM'));
  const output = { text: '' };
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      output.text += chunk.toString();
    });
  }
  const ended = once(child, 'close').then(([code]) => ({
    code: code as number,
    text: output.text,
  }));
  const said = async (words: string) => {
    while (!output.text.includes(words)) {
      const more = once(child.stdout ?? child, 'data');
      const end = await Promise.race([more.then(() => undefined), ended]);
      if (end !== undefined) throw new Error(`It ended first: ${end.text}`);
    }
  };
  return { child, ended, said };
}

const markOf = (dataDir: string) => readRun(join(dataDir, 'run.json'))?.mark ?? 'no run';

// Whole systems start and stop here.
t.setTimeout(300_000);

t.test('Ctrl-C stops everything that was started beside given servers', async (t) => {
  const DATA_DIR = testData(t);
  const port = await freePorts(13);
  const env = { DATA_DIR, PORT: String(port), ...(await givenServers(t)) };
  const start = command(t, 'start', env);
  await start.said('npm stop');
  const mark = markOf(DATA_DIR);
  t.ok(markedProcesses(mark).length >= 6);
  t.notOk(existsSync(join(DATA_DIR, 'database')), 'no server of its own');

  const again = await command(t, 'start', env).ended;
  t.equal(again.code, 1);
  t.match(
    again.text,
    /^npm start: The system is already running \(pid \d+, http:\/\/127[^)]+\)\./m,
  );

  process.kill(-(start.child.pid ?? 0), 'SIGINT');
  const { code, text } = await start.ended;
  t.equal(code, 0);
  t.match(text, `Ready: http://127.0.0.1:${port}\n`);
  t.match(text, `http://127.0.0.1:${port}/docs`);
  t.equal(text.match(/^ {2}(TOKEN=\$\()?curl /gm)?.length, 3, 'three lines to try');
  t.match(text, /Stopping \(SIGINT\)\nStopped\./);
  t.notMatch(text, /exited unexpectedly/);
  t.same(markedProcesses(mark), []);
});

t.test('npm stop stops it from another terminal', async (t) => {
  const DATA_DIR = testData(t);
  const port = await freePorts(13);
  const env = { DATA_DIR, PORT: String(port), ...(await givenServers(t)) };
  t.match(await command(t, 'stop', env).ended, { code: 0, text: 'The system is not running.\n' });
  const start = command(t, 'start', env);
  await start.said('Ready: ');
  const mark = markOf(DATA_DIR);
  const stop = await command(t, 'stop', env).ended;
  t.match(stop, { code: 0, text: /^Stopping http.*\nStopped\./ });
  t.equal((await start.ended).code, 0);
  t.same(markedProcesses(mark), []);
  t.notOk(existsSync(join(DATA_DIR, 'run.json')));
});

t.test('npm stop before it is ready', async (t) => {
  const DATA_DIR = testData(t);
  const env = { DATA_DIR, PORT: String(await freePorts(13)), DATABASE_URL: '', AMQP_URL: '' };
  const start = command(t, 'start', env);
  await start.said('Starting RabbitMQ');
  const mark = markOf(DATA_DIR);
  t.equal((await command(t, 'stop', env).ended).code, 0);
  t.match(await start.ended, { code: 143, text: 'Stopped before the system was ready.' });
  t.same(markedProcesses(mark), []);
});

t.test('a taken port is one line, before anything is started', async (t) => {
  const DATA_DIR = testData(t);
  const port = await freePorts(13);
  const server = createServer().listen(port + 4, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => server.close());
  const env = { DATA_DIR, PORT: String(port), DATABASE_URL: '', AMQP_URL: '' };
  const { code, text } = await command(t, 'start', env).ended;
  t.equal(code, 1);
  t.match(
    text,
    new RegExp(`^npm start: Port ${port + 4} \\(for storage\\) is already in use\\. .*\n$`),
  );
  t.notOk(existsSync(join(DATA_DIR, 'database')));
  t.notOk(existsSync(join(DATA_DIR, 'run.json')));
});

t.test('a port that is none is one line', async (t) => {
  const { code, text } = await command(t, 'start', { DATA_DIR: testData(t), PORT: 'eighty' }).ended;
  t.equal(code, 1);
  t.match(text, /^npm start: PORT must be a whole number from 1 to \d+, not "eighty"\.\n$/);
});
