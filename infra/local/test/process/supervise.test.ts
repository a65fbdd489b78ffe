import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { openLedger, readRun } from '../../src/process/ledger.js';
import type { Program } from '../../src/process/program.js';
import { supervise } from '../../src/process/supervise.js';
import { until } from '../../src/process/until.js';
import { smallProgram, waiting } from '../fixtures/small-program.js';

const within = { timeout: 60_000 };

function supervised(t: Test, source: string, change: Partial<Program> = {}) {
  const directory = t.testdir();
  const file = join(directory, 'run.json');
  const ledger = openLedger(file, 'http://here');
  const lines: string[] = [];
  const program = { ...smallProgram(directory, source), ...change };
  const part = supervise(program, { ledger, progress: (line) => lines.push(line) });
  t.teardown(() => part.stop());
  return { part, lines, program, children: () => readRun(file)?.children ?? [] };
}

t.test('runs until it is stopped, and stands in the ledger', async (t) => {
  const { part, children } = supervised(t, waiting);
  await part.start();
  t.match(children(), [{ name: 'small', identity: { pid: part.pid() } }]);
  await part.stop();
  t.equal(part.pid(), undefined);
  t.same(children(), []);
});

t.test('what dies is started again, and a line says so', async (t) => {
  const { part, lines } = supervised(t, waiting);
  await part.start();
  const first = part.pid();
  part.signal('SIGKILL');
  t.ok(await until(() => part.pid() !== undefined && part.pid() !== first, within));
  t.match(lines, [/^small exited unexpectedly \(signal SIGKILL\)\. Restarting in 0\.5 s\. Log: /]);
  const second = part.pid();
  part.signal('SIGKILL');
  t.ok(await until(() => part.pid() !== undefined && part.pid() !== second, within));
  t.match(lines[1], /in 1 s\. Log: /, 'the delay grows');
});

t.test('stopped while it is down, it stays down', async (t) => {
  const { part, lines } = supervised(t, waiting);
  await part.start();
  part.signal('SIGKILL');
  await until(() => lines.length > 0, within);
  await part.stop();
  t.equal(part.pid(), undefined);
  t.same(lines.length, 1);
});

t.test('one that ends at once is refused with the end of its log', async (t) => {
  const source = 'console.log("STORAGE_KEYS is missing"); process.exit(3)';
  const { part, children, program } = supervised(t, source, { ready: async () => false });
  await t.rejects(part.start(), {
    name: 'Refusal',
    message: `small did not start (exit code 3): STORAGE_KEYS is missing (full log: ${program.logFile})`,
  });
  t.same(children(), []);
});

t.test('one that never answers is stopped and refused', async (t) => {
  const change = { ready: async () => false, startTimeout: 500 };
  const { part, children } = supervised(t, waiting, change);
  await t.rejects(part.start(), {
    message: /^small was not ready within 0\.5 s: its log is empty/,
  });
  t.same(children(), []);
});

t.test('a command that is not there is refused', async (t) => {
  const { part } = supervised(t, waiting, { command: '/no/such/program' });
  await t.rejects(part.start(), {
    name: 'Refusal',
    message: /^\/no\/such\/program cannot be executed/,
  });
});

t.test('starting can be called off', async (t) => {
  const { part, children } = supervised(t, waiting, { ready: async () => false });
  const call = new AbortController();
  const starting = part.start(call.signal);
  t.ok(await until(() => part.pid() !== undefined, within));
  call.abort();
  await t.rejects(starting, { name: 'AbortError' });
  t.same(children(), []);
});

t.test('one that will not stop is killed, with what it left in its group', async (t) => {
  const source = `process.on('SIGTERM', () => {});
    const { spawn } = require('node:child_process');
    console.log(spawn('sleep', ['600']).pid); ${waiting}`;
  const { part, program } = supervised(t, source, { grace: 200 });
  await part.start();
  const printed = () => Number(readFileSync(program.logFile, 'utf8'));
  t.ok(await until(() => printed() > 0, within));
  await part.stop();
  t.ok(await until(() => !exists(printed()), within), 'its child is gone too');
});

function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
