import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { endOrphans } from '../../src/process/end-run.js';
import { openLedger, type RunRecord, readRun } from '../../src/process/ledger.js';
import { isAlive, markedProcesses } from '../../src/process/process-identity.js';
import { until } from '../../src/process/until.js';

const waiting = { timeout: 60_000 };

/** A supervisor of its own process, which starts two programs and waits to be killed. */
const supervisor = (directory: string) => `
  import { Closers } from '${new URL('../../src/process/closers.js', import.meta.url)}';
  import { layout, makeDirectories } from '${new URL('../../src/run/layout.js', import.meta.url)}';
  import { openLedger } from '${new URL('../../src/process/ledger.js', import.meta.url)}';
  import { startPart } from '${new URL('../../src/run/run-context.js', import.meta.url)}';
  import { smallProgram, waiting } from '${new URL('../fixtures/small-program.js', import.meta.url)}';
  const dirs = layout(${JSON.stringify(directory)});
  makeDirectories(dirs);
  const ledger = openLedger(dirs.ledger, 'http://here');
  const run = { dirs, ledger, progress: () => {}, closers: new Closers() };
  const hidden = "require('node:child_process').spawn('sleep', ['600'], { detached: true });";
  for (const name of ['database', 'auth']) {
    await startPart({ ...smallProgram(dirs.dataDir, hidden + waiting), name }, run);
  }
  console.log('up');
`;

async function killedRun(directory: string): Promise<RunRecord> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', supervisor(directory)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  const run = readRun(join(directory, 'run.json'));
  if (run === undefined) throw new Error('the run is not written down');
  await until(() => markedProcesses(run.mark).length === 4, waiting);
  child.kill('SIGKILL');
  await once(child, 'exit');
  return run;
}

t.test('ends what a killed supervisor has left behind, and nothing else', async (t) => {
  const directory = t.testdir();
  const file = join(directory, 'run.json');
  const bystander = spawn('sleep', ['600']);
  t.teardown(() => bystander.kill('SIGKILL'));
  const run = await killedRun(directory);
  t.equal(run.children.length, 2);
  t.ok(
    run.children.every(({ identity }) => isAlive(identity)),
    'they live on',
  );

  const lines: string[] = [];
  await endOrphans(file, (line) => lines.push(line));
  t.match(lines, [/^Stopping auth, /, /^Stopping database, /], 'in the order of a stop');
  t.notOk(run.children.some(({ identity }) => isAlive(identity)));
  t.same(markedProcesses(run.mark), [], 'and what they had put into the background');
  t.notOk(existsSync(file));
  t.equal(bystander.exitCode, null);
  t.equal(bystander.signalCode, null);
});

t.test('a process that has got the pid of a recorded one is left alone', async (t) => {
  const file = join(t.testdir(), 'run.json');
  const bystander = spawn('sleep', ['600']);
  t.teardown(() => bystander.kill('SIGKILL'));
  const gone = { pid: 2 ** 22 - 1, started: 'before' };
  const recycled = { pid: bystander.pid ?? 0, started: 'before' };
  const record: RunRecord = {
    supervisor: gone,
    origin: 'http://here',
    mark: 'no-such-mark',
    children: [{ name: 'auth', stopSignal: 'SIGKILL', grace: 1, identity: recycled }],
  };
  writeFileSync(file, JSON.stringify(record));
  await endOrphans(file, () => undefined);
  t.equal(bystander.signalCode, null);
  t.notOk(existsSync(file));
});

t.test('a living run is not touched', async (t) => {
  const file = join(t.testdir(), 'run.json');
  const ledger = openLedger(file, 'http://here');
  const before = readFileSync(file, 'utf8');
  await endOrphans(file, () => t.fail('nothing is ended'));
  t.equal(readFileSync(file, 'utf8'), before);
  ledger.close();
});
