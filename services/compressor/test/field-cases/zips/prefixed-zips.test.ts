import t from 'tap';
import { convertTo, kindsOf, madeBy, right, summed } from '../../fixtures/field-case.js';
import { threeAgree } from '../../fixtures/three-agree.js';

const pack = 'echo a > a.txt; mkdir d; echo b > d/b.txt; zip -qrX ../z.zip *';
const contents = right({ 'a.txt': 'a\n', 'd/b.txt': 'b\n' });

/** What stands in front: to a file, by lines of shell. */
const fronts: Readonly<Record<string, { name: string; front: string }>> = {
  'a line feed': { name: 'feed.zip', front: "printf '\\n'" },
  'a script': { name: 'run', front: 'printf \'#!/bin/sh\\nexec unzip -qq "$0"\\nexit 1\\n\'' },
  'the header of a crx of version 2': {
    name: 'x.crx',
    front: "printf 'Cr24\\2\\0\\0\\0\\4\\0\\0\\0\\4\\0\\0\\0keyssign'",
  },
  'the header of a crx of version 3': {
    name: 'x.crx',
    front: "printf 'Cr24\\3\\0\\0\\0\\6\\0\\0\\0header'",
  },
  'the stub of a self-extractor': {
    name: 'setup.exe',
    front: "{ printf 'MZ'; head -c 70000 /dev/zero; printf 'stub'; }",
  },
};

for (const [what, { name, front }] of Object.entries(fronts)) {
  for (const mended of [false, true]) {
    const how = mended ? 'with its offsets mended' : 'as it was put there';
    t.test(`a zip behind ${what}, ${how}`, async (t) => {
      const mend = mended ? 'zip -qA "$1" > /dev/null' : 'true';
      const lines = `${pack}; { ${front}; cat ../z.zip; } > "$1.zip"; mv "$1.zip" ../y.zip
(set -- "$1" ../y.zip; cp "$2" "$1"; ${mend})`;
      const archive = await madeBy(t, name, lines);
      const { files, report, tarReport } = await threeAgree(t, archive);
      t.strictSame(summed(files).sort(), contents);
      for (const lines of [report, tarReport]) t.match(kindsOf(lines), [['other-data', 1]]);
      const made = await convertTo(t, archive, 'zip');
      const inIt = made.entries.filter(({ type }) => type === 'file');
      t.strictSame(summed(inIt).sort(), contents);
    });
  }
}

t.test('a program of zipapp', async (t) => {
  const lines = `mkdir app; echo 'print("hello")' > app/__main__.py
python3 -m zipapp -p '/usr/bin/env python3' -o "$1" app`;
  const { files, report } = await threeAgree(t, await madeBy(t, 'app.pyz', lines));
  t.strictSame(summed(files), right({ '__main__.py': 'print("hello")\n' }));
  t.match(kindsOf(report), [['other-data', 1]]);
});

t.test('a split zip of one segment, by its mark and by another one', async (t) => {
  const lines = 'seq 1000 > t.txt; zip -qs 100k "$1" t.txt';
  const text = Array.from({ length: 1_000 }, (_, at) => `${at + 1}\n`).join('');
  const archive = await madeBy(t, 'one.zip', lines);
  const marked = archive['one.zip'] ?? Buffer.alloc(0);
  t.equal(marked.subarray(0, 4).toString('latin1'), 'PK\x07\x08');
  const other = Buffer.concat([Buffer.from('PK00'), marked.subarray(4)]);
  for (const one of [archive, { 'one.zip': other }]) {
    const { files, report } = await threeAgree(t, one);
    t.strictSame(summed(files), right({ 't.txt': text }));
    t.match(kindsOf(report), [['other-data', 1]]);
  }
});

t.test('a zip made from a pipe has the mode of the pipe, and holds a file', async (t) => {
  const archive = await madeBy(t, 'x.zip', 'seq 1000 | zip -q "$1" -');
  const bytes = archive['x.zip'] ?? Buffer.alloc(0);
  const central = bytes.indexOf('PK\x01\x02', 0, 'latin1');
  t.equal(bytes.readUInt16LE(central + 40) >> 12, 1, 'a FIFO');
  const text = Array.from({ length: 1_000 }, (_, at) => `${at + 1}\n`).join('');
  const { files, report, tarReport } = await threeAgree(t, archive);
  t.strictSame(summed(files), right({ '-': text }));
  t.strictSame(kindsOf([...report, ...tarReport]), []);
  const { entries } = await convertTo(t, archive, 'zip');
  t.match(entries, [{ path: '-', type: 'file', size: text.length }]);
});
