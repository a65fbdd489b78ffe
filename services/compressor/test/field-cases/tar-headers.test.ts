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
import { threeAgree } from '../fixtures/three-agree.js';

const cases: Readonly<Record<string, { lines: string; contents: Record<string, string> }>> = {
  'an incremental backup has no times in its names': {
    lines: 'mkdir dir; echo a > dir/a.txt; echo b > dir/b.txt; tar -g ../snar -cf "$1" dir',
    contents: { 'dir/a.txt': 'a\n', 'dir/b.txt': 'b\n' },
  },
  'the next incremental backup': {
    lines: `mkdir dir; echo a > dir/a.txt; tar -g ../snar -cf /dev/null dir
sleep 1; echo b > dir/b.txt; tar -g ../snar -cf "$1" dir`,
    contents: { 'dir/b.txt': 'b\n' },
  },
  'a volume label is no file': {
    lines: 'echo a > a; tar -V lbl -cf "$1" a',
    contents: { a: 'a\n' },
  },
  'a label of pax is no file': {
    lines: 'echo a > a; tar --format=pax -V "a longer label" -cf "$1" a',
    contents: { a: 'a\n' },
  },
  'a tar without its end has all that is there': {
    lines: 'echo f > f; tar -cf - f | head -c 1024 > "$1"',
    contents: { f: 'f\n' },
  },
  'a tar with only one of the two blocks at its end': {
    lines: 'echo f > f; echo g > g; tar -cf - f g | head -c 2560 > "$1"',
    contents: { f: 'f\n', g: 'g\n' },
  },
  'a tar without entries': { lines: 'tar -cf "$1" -T /dev/null', contents: {} },
};

for (const [name, { lines, contents }] of Object.entries(cases)) {
  t.test(name, async (t) => {
    const archive = await madeBy(t, 'x.tar', lines);
    const { files, report, tarReport } = await threeAgree(t, archive);
    t.strictSame(summed(files), right(contents));
    t.strictSame(kindsOf([...report, ...tarReport]), []);
    for (const format of ['tar.gz', 'zip'] as const) {
      const { entries } = await convertTo(t, archive, format);
      const inIt = summed(entries.filter(({ type }) => type === 'file'));
      t.strictSame(inIt, right(contents), format);
    }
  });
}

t.test('a packed tar without entries has none', async (t) => {
  for (const [name, pack] of [
    ['e.tar.gz', 'tar -czf "$1"'],
    ['e.tgz', 'bsdtar -czf "$1"'],
    ['e.tar.xz', 'tar -cJf "$1"'],
    ['e.tar.bz2', 'tar -cjf "$1"'],
    ['e.tar.zst', 'tar --zstd -cf "$1"'],
  ] as const) {
    const archive = await madeBy(t, name, `${pack} -T /dev/null`);
    const { files, entries, summary } = await threeAgree(t, archive);
    t.strictSame([files, entries], [[], []], name);
    t.match(summary, { format: name === 'e.tgz' ? 'tar.gz' : name.slice(2) });
    t.strictSame((await convertTo(t, archive, 'zip')).entries, []);
    t.strictSame((await convertToSeven(t, archive)).contents, {});
  }
});

t.test('extended attributes and access lists that are not kept have a line', async (t) => {
  const records = [
    { 'SCHILY.xattr.user.note': 'mine' },
    { 'SCHILY.acl.access': 'user::rw-,user:1:r--,group::r--,mask::r--,other::r--' },
    { 'LIBARCHIVE.xattr.user.note': 'bWluZQ' },
    { comment: 'no attribute' },
  ];
  const program = `with tarfile.open(sys.argv[1], 'w', format=tarfile.PAX_FORMAT) as tar:
  for at, records in enumerate(${JSON.stringify(records)}):
    info = tarfile.TarInfo(f'f{at}'); info.pax_headers = records; tar.addfile(info)`;
  const archive = await madeByPython(t, 'attributes.tar', program);
  const { files, report, tarReport } = await threeAgree(t, archive);
  t.equal(files.length, 4);
  t.strictSame(kindsOf(report), [], 'a file of its own has none');
  t.strictSame(kindsOf(tarReport), [['attributes', 3, 'f0', 'f1', 'f2']]);
  const { report: zipReport } = await convertTo(t, archive, 'zip');
  t.strictSame(kindsOf(zipReport), [['attributes', 3, 'f0', 'f1', 'f2']]);
});
