import { Readable } from 'node:stream';
import t from 'tap';
import { outputLines } from '../../../src/engines/process/output-lines.js';

async function linesOf(...pieces: Buffer[]): Promise<string[]> {
  const lines: string[] = [];
  const stream = Readable.from(pieces, { objectMode: false });
  for await (const some of outputLines(stream)) lines.push(...some);
  return lines;
}

t.test('line feeds alone end a line, wherever the pieces are cut', async (t) => {
  const text = Buffer.from('first\n\nsecond\rstill\u0085still\nlast', 'latin1');
  const expected = ['first', '', 'second\rstill\u0085still', 'last'];
  t.strictSame(await linesOf(text), expected);
  const bytes = [...text].map((byte) => Buffer.of(byte));
  t.strictSame(await linesOf(...bytes), expected);
});

t.test('each byte is one character', async (t) => {
  t.strictSame(await linesOf(Buffer.from('Path = é\n')), ['Path = \xc3\xa9']);
});

t.test('a line without an end is not kept', async (t) => {
  const pieces = Array.from({ length: 20 }, () => Buffer.alloc(64 * 1024, 'x'));
  await t.rejects(linesOf(...pieces), { name: 'LineTooLongError' });
});
