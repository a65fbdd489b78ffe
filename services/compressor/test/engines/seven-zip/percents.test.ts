import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import t from 'tap';
import { followPercents } from '../../../src/engines/seven-zip/percents.js';

const drawn = (percent: number, rest = '') => {
  const text = `${String(percent).padStart(3)}%${rest}`;
  return `${text}${'\b'.repeat(text.length)}${' '.repeat(text.length)}${'\b'.repeat(text.length)}`;
};

/** The percents that are read from the pieces. */
async function percentsOf(pieces: readonly (string | Buffer)[]): Promise<number[]> {
  const stream = new PassThrough();
  const percents: number[] = [];
  followPercents(stream, (percent) => percents.push(percent));
  for (const piece of pieces) stream.write(piece);
  stream.end();
  await once(stream, 'end');
  return percents;
}

t.test('reads what 7-Zip draws over itself', async (t) => {
  const percents = await percentsOf([
    '\n7-Zip (z) 26.03 (x64)\n\nScanning the drive:\n  0M Scan  ./\b\b\b',
    `1 file, 10 bytes\n\n${drawn(0)}${drawn(7, ' + a 99% name')}${drawn(55, ' 3')}`,
    `${drawn(100, ' 12 + b')}\nEverything is Ok\n`,
  ]);
  t.strictSame(percents, [0, 7, 55, 100]);
});

t.test('in pieces of any length, each percent once', async (t) => {
  const bytes = Buffer.from(drawn(3) + drawn(44) + drawn(81));
  t.strictSame(await percentsOf([...bytes].map((byte) => Buffer.of(byte))), [3, 44, 81]);
});

t.test('for as long as it is drawn', async (t) => {
  const expected = Array.from({ length: 20_000 }, (_, at) => Math.floor(at / 200));
  t.strictSame(await percentsOf(expected.map((percent) => drawn(percent, ' + name'))), expected);
});
