import t from 'tap';
import { LineTooLongError } from '../../src/engines/process/output-lines.js';
import type { ProcessEnd } from '../../src/engines/process/run-program.js';
import { SevenZipError } from '../../src/engines/process/seven-zip-error.js';
import { OutputLimitError } from '../../src/engines/seven-zip/unwrap.js';
import { readFailure } from '../../src/open/read-failure.js';

const ended = (stderr: string, difference: Partial<ProcessEnd> = {}) =>
  new SevenZipError([
    { exitCode: 2, signal: null, stderr, killed: false, late: false, ...difference },
  ]);

t.test('names the problem', async (t) => {
  for (const [error, slug] of [
    [new OutputLimitError(), 'archive-too-large'],
    [new LineTooLongError(), 'archive-corrupt'],
    [ended('\n\nBreak signaled', { exitCode: 255 }), 'password-required'],
    [ended('ERROR: Wrong password : a'), 'password-required'],
    [ended("ERROR: Can't allocate required memory!"), 'archive-too-demanding'],
    [ended('ERROR: Unsupported Method : a'), 'unsupported-archive'],
    [ended('ERROR: CRC Failed : a'), 'archive-corrupt'],
    [ended('', { exitCode: null, signal: 'SIGSEGV' }), 'archive-corrupt'],
  ] as const) {
    t.match(readFailure(error), { problem: { type: `/problems/${slug}` }, cause: error });
  }
});

t.test('a password that was given is the wrong one', async (t) => {
  for (const said of [
    'ERROR: Wrong password : a',
    'ERROR: Data Error in encrypted file. Wrong password? : a',
    'ERROR: CRC Failed in encrypted file. Wrong password? : a',
    'ERROR: /s/a.7z : Cannot open encrypted archive. Wrong password?\n\nERRORS:\nHeaders Error',
    'ERROR: /s/a.7z\nCannot open encrypted archive. Wrong password?\n\nERRORS:\nHeaders Error',
  ]) {
    const problem = readFailure(ended(said), 'secret');
    t.match(problem, { problem: { type: '/problems/password-wrong' } }, said);
  }
});

t.test('names in messages mean nothing', async (t) => {
  for (const name of ['Wrong password', 'Break signaled', 'errno=28 : No space left on device']) {
    const problem = readFailure(ended(`ERROR: CRC Failed : ${name}`), 'secret');
    t.match(problem, { problem: { type: '/problems/archive-corrupt' } }, name);
  }
});

t.test('leaves what is not the archive', async (t) => {
  const killed = ended('', { exitCode: null, signal: 'SIGKILL' });
  const full = ended('\n\nSystem ERROR:\nerrno=28 : No space left on device');
  for (const error of [killed, full, new Error('other'), undefined]) {
    t.equal(readFailure(error), error);
  }
});
