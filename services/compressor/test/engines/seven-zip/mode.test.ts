import t from 'tap';
import { modeOf } from '../../../src/engines/seven-zip/mode.js';

const of = (text: string) => modeOf(new Map([['Attributes', text]]));

t.test('reads the type and the permission bits', async (t) => {
  for (const [text, type, bits] of [
    ['-rw-r--r--', '-', 0o644],
    ['A -rwxrwxrwx', '-', 0o777],
    ['A_ -rw-rw----', '-', 0o660],
    ['D drwx------', 'd', 0o700],
    ['----------', '-', 0],
    ['lrwxrwxrwx', 'l', 0o777],
    ['prw-------', 'p', 0o600],
    ['srwxr-xr-x', 's', 0o755],
    ['brw-rw----', 'b', 0o660],
    ['crw--w----', 'c', 0o620],
  ] as const) {
    t.strictSame(of(text), { type, bits }, text);
  }
});

t.test('and set-user-id, set-group-id and sticky', async (t) => {
  for (const [text, bits] of [
    ['-rwsr-xr-x', 0o4755],
    ['-rwSr--r--', 0o4644],
    ['-rwxr-sr-x', 0o2755],
    ['-rw-r-Sr--', 0o2644],
    ['drwxrwxrwt', 0o1777],
    ['drwxrwxrwT', 0o1776],
    ['-rwsrwsrwt', 0o7777],
    ['---S--S--T', 0o7000],
  ] as const) {
    t.equal(of(text)?.bits, bits, text);
  }
});

t.test('an entry whose mode has no type is a file', async (t) => {
  t.strictSame(of('V 01800000 0rw-------'), { type: '-', bits: 0o600 });
});

t.test('prefers the mode of the format; there may be none', async (t) => {
  const both = new Map([
    ['Mode', '-rw-rw-r--'],
    ['Attributes', 'A -rwxrwxrwx'],
  ]);
  t.equal(modeOf(both)?.bits, 0o664);
  for (const text of ['', 'A', 'RHSA', 'D', 'rw-r--r--', '-rw-r--r-- x', 'x-rw-r--r--']) {
    t.equal(of(text), undefined, text);
  }
  t.equal(modeOf(new Map()), undefined);
});
