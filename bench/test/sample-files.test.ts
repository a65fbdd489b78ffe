import { join } from 'node:path';
import { fromRoot } from '@comprimemelo/local/run/layout';
import t from 'tap';
import { openSampleSource } from '../src/sample-files.js';

t.test('programs and texts in turn, each another piece, the same each time', async (t) => {
  const directory = t.testdir();
  const make = (name: string) =>
    openSampleSource(fromRoot('node_modules/.pnpm'), 100_000).files(
      join(directory, name),
      4,
      10_000,
    );
  const [first, second] = [make('first'), make('second')];
  t.same(
    first.map(({ name }) => name),
    ['sample-0.bin', 'sample-1.txt', 'sample-2.bin', 'sample-3.txt'],
  );
  t.same(
    first.map(({ content }) => content),
    second.map(({ content }) => content),
  );
  t.equal(new Set(first.map(({ content }) => content.toString('latin1'))).size, 4);
  t.ok(first.every(({ content }) => content.length === 10_000));
});
