import t from 'tap';
import { PartHeaders } from '../src/part-headers.js';

const type = 'multipart/form-data; boundary=----B0';
const disposition = 'Content-Disposition: form-data; name="file"; filename="a"';
const part = (headers: string[], body = '') =>
  `------B0\r\n${headers.map((one) => `${one}\r\n`).join('')}\r\n${body}\r\n`;
const timed = (time: string, body = '') => part([disposition, `Last-Modified: ${time}`], body);
const end = '------B0--\r\n';

/** The times of `parts` parts, from a body that comes in pieces of `size` bytes. */
function timesOf(
  body: string,
  {
    parts,
    size = body.length,
    contentType = type,
  }: { parts: number; size?: number; contentType?: string },
) {
  const bytes = Buffer.from(body, 'latin1');
  const headers = new PartHeaders(contentType);
  for (let at = 0; at < bytes.length; at += size) headers.push(bytes.subarray(at, at + size));
  const times = Array.from({ length: parts }, () => headers.next());
  return { times, matched: headers.matched };
}

const body = [
  'preamble\r\n',
  timed('one', 'x\r\n------B\r\n--\r\n\r\nLast-Modified: in the body\r\n'),
  part([disposition]),
  part(['last-modified:two', disposition], '\r\n\r\n'),
  part([disposition, 'Last-Modified: thr', '\tee', 'Last-Modified: again']),
  end,
  timed('epilogue'),
].join('');
const times = ['one', undefined, 'two', 'thr ee'];

t.test('the header of each part, wherever the chunks are cut', async (t) => {
  for (const size of [1, 2, 3, 5, 7, 11, 50, 64, 1_000]) {
    t.strictSame(timesOf(body, { parts: 4, size }), { times, matched: true }, `by ${size}`);
  }
  for (let size = 1; size < body.length; size += 1) {
    const got = timesOf(body, { parts: 4, size });
    if (JSON.stringify(got.times) !== JSON.stringify(times)) t.fail(`by ${size}`);
  }
});

t.test('a boundary in quotes, and none', async (t) => {
  const quoted = 'Multipart/Form-Data; charset=x; Boundary="----B0"';
  t.strictSame(timesOf(body, { parts: 4, contentType: quoted }).times, times);
  t.strictSame(timesOf(body, { parts: 1, contentType: 'multipart/form-data' }).times, [undefined]);
});

t.test('parts that the form parser passes over do not shift the times', async (t) => {
  const skipped = [
    part([]),
    part(['Last-Modified: x']),
    part(['Content-Disposition: attachment; filename="a"', 'Last-Modified: x']),
    // Cut off by a boundary, after a whole line end or half of it.
    `------B0\r\n${disposition}\r\nLast-Modified: x\r\n`,
    `------B0\r\n${disposition}\r\nLast-Modified: x\r\n\r\n`,
    `------B0\r\n`,
    part(['X: half a\nline end', disposition, 'Last-Modified: x']),
  ];
  for (const one of skipped) {
    for (const size of [1, 4, 10_000]) {
      const got = timesOf(timed('1') + one + timed('2') + end, { parts: 2, size });
      t.strictSame(got, { times: ['1', '2'], matched: true }, JSON.stringify(one));
    }
  }
});

t.test('headers without an end are read up to a limit', async (t) => {
  const endless = `------B0\r\n${disposition}\r\nLast-Modified: x\r\nY: ${'y'.repeat(200_000)}\r\n\r\nbody\r\n`;
  for (const size of [1_000, 1_000_000]) {
    const { times } = timesOf(endless + timed('2') + end, { parts: 2, size });
    t.strictSame(times, ['x', '2']);
  }
});

t.test('a count that differs from the parser is told where there are times', async (t) => {
  t.equal(timesOf(timed('1') + timed('2') + end, { parts: 1 }).matched, false);
  t.equal(timesOf(part([disposition]) + part([disposition]) + end, { parts: 1 }).matched, true);
});
