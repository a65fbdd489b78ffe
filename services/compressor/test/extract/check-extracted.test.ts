import t from 'tap';
import { checkExtracted } from '../../src/extract/check-extracted.js';
import type { TreeFile } from '../../src/extract/file-tree.js';
import { failure } from '../fixtures/problems.js';

const file = (path: string, size = 1): TreeFile => ({
  path,
  rawPath: path,
  size,
  executable: false,
  location: Buffer.from(path),
});

t.test('no fewer files than were listed, and not too much', async (t) => {
  t.doesNotThrow(() => checkExtracted([file('a'), file('d/b')], { expected: 2 }));
  t.throws(() => checkExtracted([file('a')], { expected: 2 }), failure('archive-corrupt'));
  t.throws(() => checkExtracted([file('a', 10_000_000_001)]), failure('archive-too-large'));
  const two = [file('a', 3), file('b', 4)];
  t.throws(() => checkExtracted(two, { mostBytes: 6 }), failure('archive-too-large'));
  t.doesNotThrow(() => checkExtracted(two, { mostBytes: 7 }));
  const many = Array.from({ length: 100_001 }, () => file('a'));
  t.throws(() => checkExtracted(many), failure('archive-too-large'));
  t.doesNotThrow(() => checkExtracted(many.slice(1)));
});
