import t from 'tap';
import type { ProcessEnd } from '../../../src/engines/process/run-program.js';
import { SevenZipError } from '../../../src/engines/process/seven-zip-error.js';

const end = (difference: Partial<ProcessEnd>): ProcessEnd => ({
  exitCode: 2,
  signal: null,
  stderr: '',
  killed: false,
  late: false,
  ...difference,
});

t.test('names every process that failed', async (t) => {
  const killed = end({ exitCode: null, signal: 'SIGKILL', stderr: ' a\n\n b ' });
  const error = new SevenZipError([killed, end({})]);
  t.equal(error.message, '7-Zip ended with SIGKILL: a b; 7-Zip ended with exit code 2');
});

t.test('is transient where the work is not at fault', async (t) => {
  const transient = (difference: Partial<ProcessEnd>) =>
    new SevenZipError([end(difference)]).transient;
  t.equal(transient({ signal: 'SIGKILL' }), true);
  t.equal(transient({ signal: 'SIGTERM' }), true);
  const full = 'errno=28 : No space left on device';
  t.equal(transient({ stderr: `\n\nSystem ERROR:\n${full}\n` }), true);
  t.equal(transient({ stderr: `ERROR: Cannot open output file : ${full} : a` }), true);
  t.equal(transient({ stderr: `ERROR: CRC Failed : ${full} : a` }), false);
  t.equal(transient({ signal: 'SIGKILL', killed: true }), false);
  t.equal(transient({ signal: 'SIGXFSZ' }), false);
  t.equal(transient({ stderr: 'Data Error' }), false);
});
