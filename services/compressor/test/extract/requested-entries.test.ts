import t from 'tap';
import { createRequestedEntries } from '../../src/extract/requested-entries.js';
import { failure } from '../fixtures/problems.js';

t.test('an entry is asked for by its path, or by a directory above it', async (t) => {
  const asked = createRequestedEntries(['d/e/', './a', 'x//y']);
  for (const path of ['d/e/f/g', 'd/e', 'a', 'x/y']) t.equal(asked.match(path), true, path);
  for (const other of ['d', 'd/ee', 'b/a', 'A', '']) {
    t.equal(asked.match(other), false, other);
  }
});

t.test('says which path was not met', async (t) => {
  const asked = createRequestedEntries(['a', './b/']);
  t.throws(() => asked.checkFound(), failure('entry-not-found', 'a'));
  asked.match('a');
  t.throws(() => asked.checkFound(), failure('entry-not-found', './b/'));
  asked.match('b/c');
  t.doesNotThrow(() => asked.checkFound());
});
