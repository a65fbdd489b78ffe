import t from 'tap';
import { blobLines } from '../src/blob-lines.js';

async function linesOf(...pieces: string[]): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of blobLines(pieces.map((piece) => Buffer.from(piece)))) {
    lines.push(line.toString());
  }
  return lines;
}

t.test('lines end at a newline, wherever the pieces end', async (t) => {
  t.strictSame(await linesOf('one\ntwo\n'), ['one', 'two']);
  t.strictSame(await linesOf('o', 'ne\nt', 'w', 'o\n'), ['one', 'two']);
  t.strictSame(await linesOf('one\n', '', '\ntwo'), ['one', '', 'two']);
  t.strictSame(await linesOf('a\u2028b\rc\n'), ['a\u2028b\rc'], 'and nowhere else');
  t.strictSame(await linesOf(), []);
});
