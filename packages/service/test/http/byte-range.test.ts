import t from 'tap';
import { parseByteRange } from '../../src/http/byte-range.js';

const parse = (header: string, size = 100) => parseByteRange(header, size);

t.test('one range', async (t) => {
  t.strictSame(parse('bytes=0-9'), { start: 0, end: 9 });
  t.strictSame(parse('bytes=90-'), { start: 90, end: 99 });
  t.strictSame(parse('bytes=50-1000'), { start: 50, end: 99 });
  t.strictSame(parse('bytes=-10'), { start: 90, end: 99 }, 'a suffix');
  t.strictSame(parse('bytes=-1000'), { start: 0, end: 99 }, 'a suffix longer than the whole');
});

t.test('positions of any size', async (t) => {
  for (const far of ['9223372036854775807', '9223372036854775808', '1'.padEnd(400, '0')]) {
    t.strictSame(parse(`bytes=0-${far}`), { start: 0, end: 99 }, far);
    t.strictSame(parse(`bytes=50-${far}`), { start: 50, end: 99 }, far);
    t.strictSame(parse(`bytes=-${far}`), { start: 0, end: 99 }, far);
    t.equal(parse(`bytes=${far}-`), 'unsatisfiable', far);
    t.equal(parse(`bytes=${far}-${far}`), 'unsatisfiable', far);
  }
  t.equal(parse('bytes=9007199254740993-9007199254740992'), 'whole', 'the end before the start');
});

t.test('ranges that lie outside', async (t) => {
  for (const [header, size] of [
    ['bytes=100-', 100],
    ['bytes=100-200', 100],
    ['bytes=-0', 100],
    ['bytes=0-0', 0],
    ['bytes=-5', 0],
  ] as const) {
    t.equal(parse(header, size), 'unsatisfiable', `${header} of ${size}`);
  }
});

t.test('what is not understood means the whole', async (t) => {
  for (const header of ['lines=0-1', 'bytes', 'bytes=', 'bytes=-', 'bytes=9-0', 'bytes=0-1,5-6']) {
    t.equal(parse(header), 'whole', header);
  }
});
