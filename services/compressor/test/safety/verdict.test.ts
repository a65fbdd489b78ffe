import t from 'tap';
import { defaultLimits } from '../../src/job/extraction-limits.js';
import { placePath } from '../../src/safety/placed-path.js';
import { createVerdict, type PlacedEntry } from '../../src/safety/verdict.js';
import { failure } from '../fixtures/problems.js';

const entry = ({
  path = 'a',
  ...difference
}: Partial<PlacedEntry> & { path?: string } = {}): PlacedEntry => ({
  placed: placePath(path, { backslashes: false }),
  kind: 'file',
  size: 1,
  encrypted: false,
  dictionaryBytes: 0,
  ...difference,
});

function verdictOn(entries: readonly PlacedEntry[], archiveBytes = 1_000) {
  const verdict = createVerdict(archiveBytes, defaultLimits);
  for (const one of entries) verdict.add(one);
  return verdict;
}

t.test('sums up what is harmless', async (t) => {
  const entries = [
    entry(),
    entry({ path: 'd', kind: 'directory', size: 0 }),
    entry({ size: 2_499 }),
  ];
  const verdict = verdictOn(entries);
  t.equal(verdict.failure, undefined);
  t.strictSame(verdict.summary('zip'), {
    format: 'zip',
    entries: 3,
    size: 2_500,
    packedSize: 1_000,
    ratio: 2.5,
    encrypted: false,
    passwordRequired: false,
    dangers: [],
    refused: null,
    refusedDetail: null,
  });
  t.equal(verdictOn([entry({ size: undefined, encrypted: true })]).encrypted, true);
  t.equal(verdictOn([], 0).summary('zip').ratio, 0);
});

t.test('names the method that is not supported', async (t) => {
  const verdict = verdictOn([entry({ path: 'a', unsupportedMethod: '-lh1-' })]);
  t.match(verdict.failure, failure('unsupported-archive', 'a'));
  t.match(verdict.failure, { message: 'The entry is packed with -lh1-, which is not supported.' });
  t.equal(verdict.summary('lzh').refused, '/problems/unsupported-archive');
});

t.test('names the first entry that is not safe, and counts all', async (t) => {
  const verdict = createVerdict(1, defaultLimits);
  t.equal(verdict.add(entry({ kind: 'link' })), 'link');
  t.equal(verdict.failure, undefined);
  t.equal(verdict.add(entry({ path: '../a' })), 'traversal');
  t.equal(verdict.add(entry({ path: '../b' })), 'traversal');
  t.match(verdict.failure, failure('unsafe-entry', '../a'));
  t.match(verdict.summary('tar'), {
    dangers: [
      { danger: 'link', count: 1 },
      { danger: 'traversal', count: 2 },
    ],
    refused: '/problems/unsafe-entry',
  });
});

t.test('sums the declared sizes', async (t) => {
  const halves = [entry({ size: 600_000_000 }), entry({ size: 600_000_000 })];
  t.match(verdictOn(halves, 1_000_000).failure, failure('archive-too-large'));
  t.equal(verdictOn(halves, 1_200_000).failure, undefined);
  t.match(verdictOn([entry({ size: 2 ** 64 })], 1e12).failure, failure('archive-too-large'));
});

t.test('a dictionary of 1 GiB is too demanding', async (t) => {
  t.equal(verdictOn([entry({ dictionaryBytes: 2 ** 29 })]).failure, undefined);
  const demanding = verdictOn([entry({ dictionaryBytes: 2 ** 30 })]);
  t.match(demanding.failure, failure('archive-too-demanding'));
});

t.test('counts entries, and directories that only paths name', async (t) => {
  const many = (count: number, path: (at: number) => string) =>
    Array.from({ length: count }, (_, at) => entry({ path: path(at) }));
  t.equal(verdictOn(many(100_000, (at) => `${at}`)).failure, undefined);
  t.match(verdictOn(many(100_001, (at) => `${at}`)).failure, failure('archive-too-large'));
  t.equal(verdictOn(many(99_000, (at) => `d/e/f/${at}`)).failure, undefined);
  const deep = many(20_000, (at) => `${at}/a/b/c/d/e`);
  t.match(verdictOn(deep).failure, failure('archive-too-large'));
  const named = [
    entry({ path: 'd/e', kind: 'directory' }),
    entry({ path: 'd', kind: 'directory' }),
  ];
  t.equal(verdictOn([...many(99_998, (at) => `d/e/${at}`), ...named]).failure, undefined);
});
