import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { openLedger, readRun } from '../../src/process/ledger.js';
import { identify } from '../../src/process/process-identity.js';

const identity = { pid: 1, started: 'then' };
const child = { name: 'auth', stopSignal: 'SIGTERM', grace: 1, identity } as const;

t.test('a run is written down for whoever has to stop it', (t) => {
  const file = join(t.testdir(), 'run.json');
  const ledger = openLedger(file, 'http://here');
  t.match(readRun(file), {
    supervisor: identify(process.pid),
    origin: 'http://here',
    children: [],
  });
  ledger.add(child);
  t.same(readRun(file)?.children, [child]);
  ledger.remove({ pid: 1, started: 'then' });
  t.same(readRun(file)?.children, []);
  ledger.close();
  t.notOk(existsSync(file));
  t.end();
});

t.test('one directory, one run', (t) => {
  const file = join(t.testdir(), 'run.json');
  const ledger = openLedger(file, 'http://here');
  t.throws(() => openLedger(file, 'http://there'), {
    name: 'Refusal',
    message: `The system is already running (pid ${process.pid}, http://here). Stop it with: npm stop`,
  });
  ledger.close();
  openLedger(file, 'http://there').close();
  t.end();
});

t.test('a damaged record is no run', (t) => {
  const file = join(t.testdir(), 'run.json');
  writeFileSync(file, '{"supervisor"');
  t.equal(readRun(file), undefined);
  t.end();
});
