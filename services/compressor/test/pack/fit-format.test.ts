import type { WrittenFormat } from '@comprimemelo/contracts/formats';
import t from 'tap';
import type { UnpackedEntry } from '../../src/extract/unpacked-entry.js';
import { createLossReport } from '../../src/job/loss-report.js';
import { fitFormat } from '../../src/pack/fit-format.js';

const base = { mode: undefined, modified: undefined } as const;
const file = (path: string, mode: number | undefined = undefined): UnpackedEntry => ({
  ...base,
  ...{ kind: 'file', path, mode, size: 1, location: '/1' },
});
const timed = (path: string, seconds: number): UnpackedEntry => ({
  ...file(path),
  modified: { seconds, nanoseconds: 0 },
});
const directory = (path: string): UnpackedEntry => ({ ...base, kind: 'directory', path });
const link = (path: string): UnpackedEntry => ({ ...base, kind: 'symlink', path, target: 'a' });

function fitted(format: WrittenFormat, entries: readonly UnpackedEntry[]) {
  const report = createLossReport();
  const kept = fitFormat(entries, format, report).map(({ path }) => path);
  return { kept, lost: report.lines().map(({ lost, entries }) => [lost, ...entries]) };
}

const trees = ['zip', '7z', 'tar', 'tar.gz', 'tar.bz2', 'tar.xz'] as const;

t.test('a single file has no place and no permissions; gz keeps its time', async (t) => {
  const run = { ...timed('d/run', 1), mode: 0o755 };
  const entries = [directory('d'), run, directory('empty'), link('l')];
  const common = [
    ['links', 'l'],
    ['modes', 'd/run'],
    ['directories', 'd', 'empty'],
  ];
  const gz = fitted('gz', entries);
  t.strictSame(gz.kept, ['d/run']);
  t.strictSame(gz.lost.sort(), [...common].sort());
  for (const format of ['bz2', 'xz'] as const) {
    const { kept, lost } = fitted(format, entries);
    t.strictSame(kept, ['d/run']);
    t.strictSame(lost.sort(), [...common, ['names', 'd/run'], ['times', 'd/run']].sort());
  }
});

t.test('a time is lost where there is one that the format does not store', async (t) => {
  const lost = (format: WrittenFormat, entry: UnpackedEntry) =>
    fitted(format, [entry]).lost.filter(([kind]) => kind === 'times').length;
  for (const format of ['bz2', 'xz', 'zst'] as const) {
    t.equal(lost(format, file('unknown')), 0, format);
    t.equal(lost(format, timed('known', 1)), 1, format);
  }
  t.equal(lost('gz', file('unknown')), 0);
  for (const seconds of [1, 2 ** 32 - 1]) t.equal(lost('gz', timed('held', seconds)), 0);
  for (const seconds of [-1, 0, 2 ** 32]) t.equal(lost('gz', timed('not held', seconds)), 1);
});

t.test('archives keep files, directories, permissions and order', async (t) => {
  const entries = [file('z', 0o755), directory('d'), file('a', 0o600)];
  for (const format of trees) {
    t.strictSame(fitted(format, entries), { kept: ['z', 'd', 'a'], lost: [] }, format);
  }
});

t.test('zip and tar hold symbolic links, 7z is written without', async (t) => {
  for (const format of trees) {
    const expected =
      format === '7z' ? { kept: ['a'], lost: [['links', 'l']] } : { kept: ['a', 'l'], lost: [] };
    t.strictSame(fitted(format, [file('a'), link('l')]), expected, format);
  }
});

t.test('attributes, and bits that are never given, are reported for all', async (t) => {
  const entries = [{ ...file('a'), extended: true }, file('s', 0o4755), file('t', 0o1644)];
  for (const format of trees) {
    const { kept, lost } = fitted(format, entries);
    t.strictSame(kept, ['a', 's', 't'], format);
    t.strictSame(
      lost.sort(),
      [
        ['attributes', 'a'],
        ['modes', 's', 't'],
      ],
      format,
    );
  }
});
