import { freshFolder } from '@comprimemelo/testing/folders';
import t, { type Test } from 'tap';
import { outputOf, startSevenZip } from '../../../src/engines/process/run-program.js';
import { SevenZipError } from '../../../src/engines/process/seven-zip-error.js';
import { supervise } from '../../../src/engines/process/supervise.js';
import { anyProgram } from '../../fixtures/programs/any-program.js';

const shell = await anyProgram('/bin/sh');
const access = { reads: [] };
const never = new AbortController().signal;

/** Starts the shell in the place of 7-Zip, which ends when it likes. */
async function start(t: Test, script: string) {
  return startSevenZip(shell, ['-c', script], {
    cwd: await freshFolder(t),
    access,
    output: 'ignore',
  });
}

t.test('succeeds when all exit with 0', async (t) => {
  const ends = await supervise([await start(t, 'exit 0'), await start(t, 'sleep 0.05')], never);
  t.match(ends, [{ exitCode: 0 }, { exitCode: 0 }]);
});

for (const code of [1, 2, 8, 255]) {
  t.test(`exit code ${code} is a failure`, async (t) => {
    const failing = await start(t, `echo why >&2; exit ${code}`);
    await t.rejects(supervise([failing], never), {
      name: 'SevenZipError',
      message: `7-Zip ended with exit code ${code}: why`,
    });
  });
}

t.test('a signal is a failure, and a transient one where it came from outside', async (t) => {
  const killed = await supervise([await start(t, 'kill -KILL $$')], never).catch((e) => e);
  t.match(killed, { name: 'SevenZipError', message: '7-Zip ended with SIGKILL', transient: true });
  const crashed = await supervise([await start(t, 'kill -SEGV $$')], never).catch((e) => e);
  t.match(crashed, { message: '7-Zip ended with SIGSEGV', transient: false });
});

t.test('one that fails takes the others with it, and is the one that is named', async (t) => {
  const long = await start(t, 'sleep 60');
  const error = await supervise([long, await start(t, 'exit 3')], never).catch((e) => e);
  t.ok(error instanceof SevenZipError);
  t.match(await long.ended, { killed: true });
  t.notOk(error.wasEndedBy('SIGKILL'));
  t.equal(error.transient, false);
});

t.test('an aborted signal kills all of them and is the reason', async (t) => {
  const controller = new AbortController();
  const processes = [await start(t, 'sleep 60'), await start(t, 'sleep 60')];
  const supervised = supervise(processes, controller.signal);
  controller.abort(new Error('cancelled'));
  await t.rejects(supervised, { message: 'cancelled' });
  for (const process of processes) t.match(await process.ended, { killed: true });
});

t.test('a signal that was aborted before ends them at once', async (t) => {
  const late = await start(t, 'sleep 60');
  const aborted = AbortSignal.abort(new Error('too late'));
  await t.rejects(supervise([late], aborted), { message: 'too late' });
});

t.test('one that cannot be started takes the others with it', async (t) => {
  const long = await start(t, 'sleep 60');
  const absent = startSevenZip(shell, ['i'], { cwd: '/nowhere', access, output: 'ignore' });
  await t.rejects(supervise([long, absent], never), { code: 'ENOENT' });
  t.match(await long.ended, { killed: true });
});

t.test('a writer whose reader was killed does not hide why', async (t) => {
  const cwd = await freshFolder(t);
  const writer = startSevenZip(shell, ['-c', 'exec yes'], { cwd, access, output: 'pipe' });
  const reader = startSevenZip(shell, ['-c', 'read line; kill -KILL $$'], {
    cwd,
    access,
    input: { pieces: outputOf(writer) },
    output: 'ignore',
  });
  const error = await supervise([writer, reader], never).catch((e) => e);
  await reader.fed.catch(() => undefined);
  t.equal(error.wasEndedBy('SIGKILL'), true);
  t.equal(error.transient, true);
});
