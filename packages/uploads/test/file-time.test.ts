import t from 'tap';
import { readEpochTime, readFileTime } from '../src/file-time.js';

const times: Record<string, string> = {
  '2026-01-31T12:00:00Z': '2026-01-31T12:00:00.000Z',
  ' 2026-01-31t12:00:00z ': '2026-01-31T12:00:00.000Z',
  '2026-01-31 12:00:00.1239+02:30': '2026-01-31T09:30:00.123Z',
  '2026-01-31T23:59:59.5-00:01': '2026-02-01T00:00:59.500Z',
  '2024-02-29T00:00:00Z': '2024-02-29T00:00:00.000Z',
  '2016-12-31T23:59:60Z': '2017-01-01T00:00:00.000Z',
  '1902-01-01T00:00:00Z': '1902-01-01T00:00:00.000Z',
  '2445-12-31T23:59:59.999Z': '2445-12-31T23:59:59.999Z',
  'Sun, 06 Nov 1994 08:49:37 GMT': '1994-11-06T08:49:37.000Z',
  'sun, 06 nov 1994 08:49:37 gmt': '1994-11-06T08:49:37.000Z',
  'Sunday, 06-Nov-94 08:49:37 GMT': '1994-11-06T08:49:37.000Z',
  'Sunday, 06-Nov-05 08:49:37 GMT': '2005-11-06T08:49:37.000Z',
  'Sun Nov  6 08:49:37 1994': '1994-11-06T08:49:37.000Z',
  'Wed Nov 16 08:49:37 1994': '1994-11-16T08:49:37.000Z',
};
for (const [text, time] of Object.entries(times)) {
  t.test(`${text} is ${time}`, async (t) => t.equal(readFileTime(text)?.toISOString(), time));
}

const none = [
  '',
  'yesterday',
  '1700000000',
  '2026-01-31',
  '2026-01-31T12:00:00',
  '2026-02-30T00:00:00Z',
  '2026-13-01T00:00:00Z',
  '2026-00-01T00:00:00Z',
  '2026-01-31T24:00:00Z',
  '2026-01-31T12:60:00Z',
  '2026-01-31T12:00:61Z',
  '2026-01-31T12:00:00+24:00',
  'Sun, 06 Foo 1994 08:49:37 GMT',
  'Sun, 06 Nov 1994 08:49:37 CET',
  '1901-12-31T23:59:59.999Z',
  '2446-01-01T00:00:00Z',
  '0001-01-01T00:00:00Z',
];
for (const text of none) {
  t.test(`"${text}" is no time`, async (t) => t.equal(readFileTime(text), undefined));
}

t.test('milliseconds since 1970, as browsers have them', async (t) => {
  t.equal(readEpochTime('1700000000123')?.toISOString(), '2023-11-14T22:13:20.123Z');
  t.equal(readEpochTime('-1000')?.toISOString(), '1969-12-31T23:59:59.000Z');
  for (const text of ['', '1.5', '1e3', '99999999999999999', '-9999999999999']) {
    t.equal(readEpochTime(text), undefined, text);
  }
});
