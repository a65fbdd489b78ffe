import t from 'tap';
import {
  convertTo,
  convertToSeven,
  kindsOf,
  madeBy,
  madeByPython,
  right,
  summed,
} from '../fixtures/field-case.js';
import { failure } from '../fixtures/problems.js';
import { threeAgree } from '../fixtures/three-agree.js';

/** Names that Windows dislikes, or that are longer than some systems take. */
const names = [
  'linux/drivers/aux.c',
  'con',
  'Icon\r',
  '._.',
  'Acme Inc./letter.txt',
  '2020 /report.txt',
  '...',
  'a: b.txt',
  'tab\there',
  'what?*<>|".txt',
  `${'日本語の長い名前'.repeat(11).slice(0, 86)}`,
  'a./x',
];
const contents = right(Object.fromEntries(names.map((name) => [name, name])));

const listed = `names = ${JSON.stringify(names)}`;
const packers = {
  tar: `${listed}
import io
with tarfile.open(sys.argv[1], 'w') as tar:
  for name in names:
    data = name.encode(); info = tarfile.TarInfo(name); info.size = len(data)
    tar.addfile(info, io.BytesIO(data))`,
  zip: `${listed}
with zipfile.ZipFile(sys.argv[1], 'w') as z:
  for name in names:
    info = zipfile.ZipInfo(name); info.create_system = 3; z.writestr(info, name)`,
};

for (const [format, program] of Object.entries(packers)) {
  t.test(`names that Windows dislikes are files, out of a ${format}`, async (t) => {
    const archive = await madeByPython(t, `names.${format}`, program);
    const { files, entries, report, tarReport } = await threeAgree(t, archive);
    t.strictSame(summed(files), contents);
    t.strictSame(kindsOf([...report, ...tarReport]), []);
    const dangers = entries.filter(({ danger }) => danger !== null).map(({ path }) => path);
    for (const name of ['linux/drivers/aux.c', 'con', 'Icon\r', 'a./x'])
      t.ok(dangers.includes(name), name);
    for (const written of ['tar.gz', 'zip'] as const) {
      const { entries, report } = await convertTo(t, archive, written);
      t.strictSame(summed(entries), contents, written);
      t.strictSame(kindsOf(report), [], written);
    }
  });
}

t.test(
  'in a 7z every file is there: a name that it cannot hold is another one, with a line',
  async (t) => {
    const archive = await madeByPython(t, 'names.tar', packers.tar);
    const { contents: packed, report } = await convertToSeven(t, archive);
    t.equal(Object.keys(packed).length, names.length);
    const renamed = report
      .filter(({ lost }) => lost === 'names')
      .reduce((sum, { count }) => sum + count, 0);
    t.equal(Object.keys(packed).filter((path) => !names.includes(path)).length, renamed);
  },
);

t.test('absolute paths lose what makes them so, with a line', async (t) => {
  const tar = 'mkdir d; echo a > d/a; echo b > b; tar -cPf "$1" "$PWD/d/a" "$PWD/b"';
  const archive = await madeBy(t, 'absolute.tar', `cd /; cd "$OLDPWD"; ${tar}`);
  const { files, entries, report, tarReport } = await threeAgree(t, archive);
  t.strictSame(
    files.map(({ path }) => path.replace(/^tmp\/.*\/tree\//, '')),
    ['d/a', 'b'],
  );
  t.match(entries, [{ danger: 'absolute' }, { danger: 'absolute' }]);
  for (const lines of [report, tarReport]) t.match(lines, [{ lost: 'names', count: 2 }]);
  for (const format of ['tar.gz', 'zip'] as const) {
    const { entries } = await convertTo(t, archive, format);
    t.strictSame(summed(entries), summed(files), format);
  }
});

t.test('of every kind of absolute path, and where the same path is there without', async (t) => {
  const program = `import warnings; warnings.simplefilter('ignore')
with zipfile.ZipFile(sys.argv[1], 'w') as z:
  for name in ('/etc/hosts', '//server/share/x', 'etc/hosts', 'plain'):
    info = zipfile.ZipInfo('x'); info.filename = name; z.writestr(info, name)`;
  const { files, report } = await threeAgree(t, await madeByPython(t, 'absolute.zip', program));
  const whole = {
    'etc/hosts': '/etc/hosts',
    'server/share/x': '//server/share/x',
    'etc/hosts (2)': 'etc/hosts',
    plain: 'plain',
  };
  t.strictSame(summed(files), right(whole));
  t.strictSame(kindsOf(report), [
    ['names', 2, 'etc/hosts', 'server/share/x'],
    ['names', 1, 'etc/hosts (2)'],
  ]);
});

t.test('what leads out of the archive stays unsafe', async (t) => {
  const archive = await madeBy(t, 'out.tar', 'echo x > ../x; tar -cPf "$1" ../x');
  await t.rejects(threeAgree(t, archive), failure('unsafe-entry'));
});
