import t from 'tap';
import { createRequestedEntries } from '../../src/extract/requested-entries.js';
import { failure } from '../fixtures/problems.js';

const entry = (path: string, rawPath = path) => ({
  ...({ path, rawPath, kind: 'file', size: 1, packedSize: 1, modified: undefined } as const),
  encrypted: false,
  dictionaryBytes: 0,
});

t.test('an entry is asked for by its path, or by a directory above it', async (t) => {
  const asked = createRequestedEntries(['d/e/', './a', 'x//y']);
  t.equal(asked.match(entry('d/e/f/g')), 'd/e');
  t.equal(asked.match(entry('./d//e')), './d//e');
  t.equal(asked.match(entry('a')), 'a');
  t.equal(asked.match(entry('x/y')), 'x/y');
  for (const other of ['d', 'd/ee', 'b/a', 'A', '']) t.equal(asked.match(entry(other)), undefined);
});

t.test('7-Zip is told the path as it has it', async (t) => {
  const asked = createRequestedEntries(['caf\ufffd']);
  t.equal(asked.match(entry('caf\ufffd/a', 'caf\x82/a')), 'caf\x82');
});

t.test('says which path was not met', async (t) => {
  const asked = createRequestedEntries(['a', './b/']);
  t.throws(() => asked.checkFound(), failure('entry-not-found', 'a'));
  asked.match(entry('a'));
  t.throws(() => asked.checkFound(), failure('entry-not-found', './b/'));
  asked.match(entry('b/c'));
  t.doesNotThrow(() => asked.checkFound());
});
