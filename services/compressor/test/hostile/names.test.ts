import type { EntryDanger } from '@comprimemelo/contracts/archive';
import type { TaskCompleted } from '@comprimemelo/contracts/messages';
import { singleEntry } from '@comprimemelo/testing/archives/single-entry';
import t, { type Test } from 'tap';
import { type HostileRig, openHostileRig } from '../fixtures/hostile-rig.js';

const data = Buffer.from('hostile');

type Build = (name: string, data: Buffer) => Buffer;

/** A name in an archive, the path that it gets and its danger; `#` stands for a name of the test's own. */
interface OddName {
  name: string;
  path: string;
  danger: EntryDanger | null;
}

const leadingAway: readonly string[] = [
  '../#',
  '../../../#',
  'a/../../#',
  'a/b/../../../../../../../../../../../../tmp/#',
  '/../#',
  '..\\#',
  'a\\..\\..\\#',
];

t.test('names that lead out of the folder', async (t) => {
  const rig = await openHostileRig(t);
  for (const [format, build] of Object.entries(singleEntry)) {
    const tries = leadingAway.map(async (pattern) => {
      const archive = { [`a.${format}`]: build(pattern.replace('#', rig.mark), data) };
      const detail = /leads outside the target folder/;
      const error = { type: '/problems/unsafe-entry', detail, entry: String };
      for (const job of [{}, { operation: 'convert', format: 'tar' }] as const) {
        t.match(
          await rig.run(archive, job),
          { type: 'task.failed', error },
          `${format}: ${pattern}`,
        );
      }
    });
    await Promise.all(tries);
  }
  await rig.confirmNoHarm(t);
});

/** Decompresses and inspects: both find the content under the path, whatever the name. */
async function takeAll(
  t: Test,
  rig: HostileRig,
  { format, build, names }: { format: string; build: Build; names: readonly OddName[] },
): Promise<void> {
  const own = (text: string) => text.replace('#', rig.mark);
  const tries = names.map(async ({ name, path, danger }) => {
    const what = `${JSON.stringify(name)} in ${format}`;
    const archive = { [`a.${format}`]: build(own(name), data) };
    const end = await rig.run(archive);
    const { 'DEBIAN/control': _, ...contents } = await rig.contentsOf(t, end);
    t.strictSame(contents, { [own(path)]: data }, what);
    const report = (end as TaskCompleted).report.filter(({ lost }) => lost === 'names');
    const line = { count: 1, entries: [own(path)], detail: /^Absolute paths were made relative/ };
    t.match(report, danger === 'absolute' ? [line] : [], `${what} is reported`);
    t.equal(report.length, danger === 'absolute' ? 1 : 0, what);
    const inspected = await rig.run(archive, { operation: 'inspect' });
    const { summary, entries } = await rig.inspectionOf(inspected);
    t.equal(summary.refused, null, `${what} is not refused`);
    t.match(entries[0], { path: own(path), danger }, `${what} is inspected`);
  });
  await Promise.all(tries);
}

const same = (name: string, danger: EntryDanger | null): OddName => ({ name, path: name, danger });
const relative = (name: string, path: string): OddName => ({ name, path, danger: 'absolute' });

/** A line of 7-Zip's list is a property, so that it shows a line feed as `_`. */
const byLines: ReadonlySet<string> = new Set(['zip', '7z', 'rar', 'old.rar', 'lzh']);

/** Formats in which backslashes separate. */
const ofWindows: ReadonlySet<string> = new Set(['old.rar', 'lzh']);

/** One of each kind: absolute, of drives, controls, what Windows has no files of. */
const ofEachKind = (format: string): readonly OddName[] => [
  relative('/tmp/#', 'tmp/#'),
  relative('//tmp/#', 'tmp/#'),
  relative('C:/#', '#'),
  ofWindows.has(format) ? relative('C:\\#', '#') : same('C:\\#', null),
  byLines.has(format)
    ? { name: 'a\nb', path: 'a_b', danger: null }
    : same('a\nb', 'control-character'),
  same('\u001b[31mred', 'control-character'),
  same('CON', 'reserved-name'),
  same('a.', 'reserved-name'),
];

const more: readonly OddName[] = [
  ...['c:#', '\\\\server\\share\\#', '\\#'].map((name) => same(name, null)),
  ...['a\u0085b', 'a\tb', '\u007f'].map((name) => same(name, 'control-character')),
  ...['con.txt', 'NUL', 'a/COM1.txt/b', 'LPT9', 'a/aux', 'a ', 'a./b'].map((name) =>
    same(name, 'reserved-name'),
  ),
  same('n'.repeat(300), 'long-name'),
];

t.test('other names refuse nothing: contents are read by place', async (t) => {
  const rig = await openHostileRig(t);
  for (const [format, build] of Object.entries(singleEntry)) {
    const own = ofEachKind(format);
    await takeAll(t, rig, { format, build, names: format === 'zip' ? [...own, ...more] : own });
  }
  await rig.confirmNoHarm(t);
});
