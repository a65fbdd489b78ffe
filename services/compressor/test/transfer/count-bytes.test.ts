import { Readable } from 'node:stream';
import t from 'tap';
import { counted } from '../../src/transfer/count-bytes.js';

t.test('passes every piece on and tells its length', async (t) => {
  const pieces = [Buffer.from('ab'), Buffer.alloc(0), Buffer.from('cde')];
  const lengths: number[] = [];
  const passed: Uint8Array[] = [];
  for await (const piece of counted(Readable.from(pieces), (count) => lengths.push(count))) {
    passed.push(piece);
  }
  t.strictSame(passed, pieces);
  t.strictSame(lengths, [2, 0, 3]);
});

t.test('closes its source when its reader stops', async (t) => {
  const source = Readable.from([Buffer.from('ab'), Buffer.from('cd')]);
  for await (const _ of counted(source, () => undefined)) break;
  t.equal(source.destroyed, true);
});
