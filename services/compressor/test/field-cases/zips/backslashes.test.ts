import t from 'tap';
import { convertTo, kindsOf, madeByPython, right, summed } from '../../fixtures/field-case.js';
import { failure } from '../../fixtures/problems.js';
import { threeAgree } from '../../fixtures/three-agree.js';

/** Names as their bytes stand in a zip, marked as UTF-8 or not, by a program of this system. */
const zipOf = (names: readonly string[], system: number) => `
with zipfile.ZipFile(sys.argv[1], 'w') as z:
  for name in ${JSON.stringify(names)}:
    info = zipfile.ZipInfo('x'); info.filename = name; info.create_system = ${system}
    z.writestr(info, '' if name.endswith(chr(92)) else name)`;

t.test('backslashes separate in a zip from Windows', async (t) => {
  const names = ['foo\\bar.txt', 'foo\\deep\\er.txt', 'mixed/and\\ü.txt'];
  const archive = await madeByPython(t, 'net.zip', zipOf(names, 0));
  const { files, report, tarReport } = await threeAgree(t, archive);
  const whole = right(Object.fromEntries(names.map((name) => [name.replaceAll('\\', '/'), name])));
  t.strictSame(summed(files), whole);
  t.strictSame(kindsOf([...report, ...tarReport]), []);
  for (const format of ['tar.gz', 'zip'] as const) {
    t.strictSame(summed((await convertTo(t, archive, format)).entries), whole, format);
  }
});

t.test('a folder that ends with a backslash is one', async (t) => {
  const archive = await madeByPython(t, 'net.zip', zipOf(['empty\\', 'd\\f'], 0));
  const { files, entries } = await threeAgree(t, archive);
  t.match(files, [{ path: 'd/f' }]);
  t.match(entries, [{ path: 'empty', kind: 'directory' }, { path: 'd/f' }]);
});

t.test('a backslash is a letter in a zip from Unix', async (t) => {
  const archive = await madeByPython(t, 'unix.zip', zipOf(['foo\\bar.txt'], 3));
  const { files } = await threeAgree(t, archive);
  t.strictSame(summed(files), right({ 'foo\\bar.txt': 'foo\\bar.txt' }));
});

t.test('what leads out by backslashes is refused from either', async (t) => {
  for (const system of [0, 3]) {
    const archive = await madeByPython(t, 'slip.zip', zipOf(['..\\..\\up.txt'], system));
    await t.rejects(threeAgree(t, archive), failure('unsafe-entry'));
  }
});

t.test('a name of Unix that ends with a backslash is one of a file', async (t) => {
  const program = `with zipfile.ZipFile(sys.argv[1], 'w') as z:
  for name in ('\\\\', 'a\\\\', 'b'):
    info = zipfile.ZipInfo(name); info.create_system = 3; z.writestr(info, name)`;
  const { files, report } = await threeAgree(t, await madeByPython(t, 'ends.zip', program));
  t.strictSame(summed(files), right({ '\\': '\\', 'a\\': 'a\\', b: 'b' }));
  t.strictSame(report, []);
});
