import t from 'tap';
import { lineOf, Refusal } from '../../src/process/refusal.js';

t.test('every failure is one line', (t) => {
  t.equal(lineOf(new Refusal('Port 1 is taken.')), 'Port 1 is taken.');
  t.equal(lineOf(new Error('first\nsecond')), 'first');
  t.equal(lineOf('words'), 'words');
  const full = Object.assign(new Error('ENOSPC: no space left on device, write'), {
    code: 'ENOSPC',
  });
  t.equal(lineOf(full), 'The disk is full: ENOSPC: no space left on device, write');
  t.end();
});
