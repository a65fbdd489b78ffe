import t from 'tap';
import { checkCount, checkExtracted, checkListing } from '../src/check-listing.js';
import type { TreeFile } from '../src/file-tree.js';
import type { ListedEntry } from '../src/seven-zip/listing.js';

const entry = (difference: Partial<ListedEntry> = {}): ListedEntry => ({
  path: 'a',
  kind: 'file',
  size: 1,
  packedSize: 1,
  encrypted: false,
  dictionaryBytes: 0,
  ...difference,
});

const problem = (slug: string) => ({ name: 'TaskFailure', problem: { type: `/problems/${slug}` } });

t.test('passes what is harmless', async (t) => {
  const harmless = [
    entry(),
    entry({ path: 'd', kind: 'directory' }),
    entry({ size: 100_000_000 - 2 }),
  ];
  t.doesNotThrow(() => checkListing(harmless, 1_000));
});

t.test('names the entry that is not safe', async (t) => {
  const path = '../a';
  t.throws(() => checkListing([entry(), entry({ path })], 1), {
    name: 'TaskFailure',
    problem: { type: '/problems/unsafe-entry', entry: path },
  });
  t.throws(() => checkListing([entry({ kind: 'link' })], 1), problem('unsafe-entry'));
});

t.test('sums the declared sizes', async (t) => {
  const halves = [entry({ size: 60_000_000 }), entry({ size: 60_000_000 })];
  t.throws(() => checkListing(halves, 1_000_000), problem('archive-too-large'));
  t.doesNotThrow(() => checkListing(halves, 1_200_000));
  t.throws(() => checkListing([entry({ size: 2 ** 64 })], 1e12), problem('archive-too-large'));
});

t.test('adds up what dictionaries take', async (t) => {
  t.doesNotThrow(() => checkListing([entry({ dictionaryBytes: 2 ** 29 })], 1));
  t.throws(
    () => checkListing([entry({ dictionaryBytes: 2 ** 30 })], 1),
    problem('archive-too-demanding'),
  );
});

t.test('counts entries', async (t) => {
  t.doesNotThrow(() => checkCount(100_000));
  t.throws(() => checkCount(100_001), problem('archive-too-large'));
});

t.test('asks for a password', async (t) => {
  t.throws(() => checkListing([entry({ encrypted: true })], 1), problem('password-required'));
});

t.test('after an extraction there is a file for each path, and not too much', async (t) => {
  const file = (path: string, size = 1): TreeFile => ({ path, size, location: Buffer.from(path) });
  const listed = [
    ...['a', './a', 'd//b', ''].map((path) => entry({ path })),
    entry({ path: 'd', kind: 'directory' }),
  ];
  t.doesNotThrow(() => checkExtracted([file('a'), file('d/b')], listed));
  t.throws(() => checkExtracted([file('a')], listed), problem('archive-corrupt'));
  t.throws(() => checkExtracted([file('a', 10_000_000_001)]), problem('archive-too-large'));
});
