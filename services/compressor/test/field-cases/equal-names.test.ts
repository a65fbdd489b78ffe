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

const zips: Readonly<Record<string, { program: string; contents: Record<string, string> }>> = {
  'a name that was written twice': {
    program: `import warnings; warnings.simplefilter('ignore')
with zipfile.ZipFile(sys.argv[1], 'w') as z:
  for text in ('first', 'other', 'third'): z.writestr('notes.txt', text)
  z.writestr('plain', 'plain')`,
    contents: {
      'notes.txt': 'first',
      'notes (2).txt': 'other',
      'notes (3).txt': 'third',
      plain: 'plain',
    },
  },
  'a name with and without a dot before it': {
    program: `with zipfile.ZipFile(sys.argv[1], 'w') as z:
  for name in ('./a', 'a', 'd/./b', 'd/b'): z.writestr(name, name)`,
    contents: { a: './a', 'a (2)': 'a', 'd/b': 'd/./b', 'd/b (2)': 'd/b' },
  },
  'a name that the second of two would get': {
    program: `import warnings; warnings.simplefilter('ignore')
with zipfile.ZipFile(sys.argv[1], 'w') as z:
  for name in ('a (2).txt', 'a.txt', 'a.txt'): z.writestr(name, name)`,
    contents: { 'a (2).txt': 'a (2).txt', 'a.txt': 'a.txt', 'a (3).txt': 'a.txt' },
  },
};

for (const [name, { program, contents }] of Object.entries(zips)) {
  t.test(`zip: ${name}`, async (t) => {
    const archive = await madeByPython(t, 'twice.zip', program);
    const { files, report, tarReport } = await threeAgree(t, archive);
    t.strictSame(summed(files), right(contents));
    const renamed = Object.keys(contents).filter((path) => /\((?:2|3)\)/.test(path));
    const numbered = renamed.filter((path) => path !== 'a (2).txt');
    for (const lines of [report, tarReport]) {
      t.strictSame(kindsOf(lines), [['names', numbered.length, ...numbered]]);
    }
    for (const format of ['tar.gz', 'zip'] as const) {
      const { entries } = await convertTo(t, archive, format);
      t.strictSame(summed(entries), right(contents), format);
    }
    const { contents: inSeven } = await convertToSeven(t, archive);
    t.strictSame(Object.keys(inSeven).sort(), Object.keys(contents).sort());
  });
}

const tars: Readonly<Record<string, string>> = {
  'a file that was appended again': `echo old > a; echo b > b; tar -cf "$1" a b; echo new > a; tar -rf "$1" a`,
  'with and without a dot before it': `echo old > a; echo b > b; tar -cf "$1" ./a b; echo new > a; tar -rf "$1" a`,
};

for (const [name, lines] of Object.entries(tars)) {
  t.test(`tar: ${name}: the last stands for both`, async (t) => {
    const archive = await madeBy(t, 'twice.tar', lines);
    const { files, report, tarReport } = await threeAgree(t, archive);
    t.strictSame(summed(files), right({ b: 'b\n', a: 'new\n' }));
    t.strictSame(kindsOf([...report, ...tarReport]), []);
    const { entries } = await convertTo(t, archive, 'zip');
    t.strictSame(summed(entries), right({ b: 'b\n', a: 'new\n' }));
  });
}
