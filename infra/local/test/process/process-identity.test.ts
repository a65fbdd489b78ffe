import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import t from 'tap';
import { givenEnvironment } from '../../src/config.js';
import {
  identify,
  isAlive,
  markedProcesses,
  markVariable,
  signal,
} from '../../src/process/process-identity.js';
import { until } from '../../src/process/until.js';

const waiting = 'setInterval(() => {}, 1000)';

t.test('a process is told apart from another one with its pid', async (t) => {
  const child = spawn(process.execPath, ['-e', waiting]);
  t.teardown(() => child.kill('SIGKILL'));
  await once(child, 'spawn');
  const identity = identify(child.pid ?? 0) ?? { pid: 0, started: '' };
  t.ok(isAlive(identity));
  const recycled = { ...identity, started: `${identity.started}0` };
  t.notOk(isAlive(recycled));
  t.notOk(signal(recycled, 'SIGKILL'), 'another process is not signalled');
  t.ok(isAlive(identity), 'and lives on');
  t.ok(signal(identity, 'SIGTERM'));
  await once(child, 'exit');
  t.notOk(isAlive(identity));
  t.notOk(signal(identity, 'SIGTERM'));
});

t.test('a name with spaces and parentheses does not mislead', async (t) => {
  const child = spawn(process.execPath, ['-e', `process.title = ') S 1 1 ('; ${waiting}`]);
  t.teardown(() => child.kill('SIGKILL'));
  await once(child, 'spawn');
  const before = identify(child.pid ?? 0);
  const title = () => readFileSync(`/proc/${child.pid}/comm`, 'latin1');
  t.ok(await until(() => title().startsWith(')'), { timeout: 60_000 }));
  t.same(identify(child.pid ?? 0), before);
});

t.test('nobody has the pid 0', (t) => {
  t.equal(identify(0), undefined);
  t.end();
});

t.test('processes are found by their mark', async (t) => {
  const mark = `mark-${process.pid}`;
  const env = { ...givenEnvironment(), [markVariable]: `outer,${mark}` };
  const child = spawn(process.execPath, ['-e', waiting], { env });
  t.teardown(() => child.kill('SIGKILL'));
  const found = () => markedProcesses(mark).map(({ pid }) => pid);
  t.ok(await until(() => found().length === 1, { timeout: 60_000 }));
  t.same(found(), [child.pid]);
  t.same(markedProcesses('no-such-mark'), []);
});
