import { readFile } from 'node:fs/promises';
import t from 'tap';
import { convertTo, kindsOf, madeByPython } from '../../fixtures/field-case.js';

const make = (more = '') => `archive = zipfile.ZipFile(sys.argv[1], 'w')
archive.writestr('a.txt', 'first')
archive.comment = 'café and more'.encode('utf-8')
${more}archive.close()`;

t.test('a zip keeps its comment in a zip', async (t) => {
  const archive = await madeByPython(t, 'c.zip', make());
  const { location, report } = await convertTo(t, archive, 'zip');
  const end = Buffer.from('café and more');
  t.strictSame((await readFile(location)).subarray(-end.length), end);
  t.strictSame(kindsOf(report), []);
});

t.test('where there is no room for a comment, the report says so', async (t) => {
  const archive = await madeByPython(t, 'c.zip', make());
  for (const format of ['tar', 'tar.gz'] as const) {
    const { report } = await convertTo(t, archive, format);
    t.match(report, [{ lost: 'comments', detail: /^The comment of the archive was left out/ }]);
  }
});

t.test('comments of entries are reported', async (t) => {
  const noted =
    "info = zipfile.ZipInfo('b.txt')\ninfo.comment = b'of b'\narchive.writestr(info, 'b')\n";
  const archive = await madeByPython(t, 'c.zip', make(noted));
  const { report } = await convertTo(t, archive, 'zip');
  t.strictSame(kindsOf(report), [['comments', 1, 'b.txt']]);
});
