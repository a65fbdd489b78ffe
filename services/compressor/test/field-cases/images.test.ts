import t from 'tap';
import { convertTo, kindsOf, madeBy, right, summed } from '../fixtures/field-case.js';
import { threeAgree } from '../fixtures/three-agree.js';

const pathsIn = (entries: readonly { path: string }[]) => entries.map(({ path }) => path).sort();

t.test('a bridge image has the files of its UDF side', async (t) => {
  const archive = await madeBy(
    t,
    'w.iso',
    `mkdir sources; echo only > README.TXT; echo setup > setup.exe; echo install > sources/install.wim
genisoimage -quiet -udf -hide sources -hide setup.exe -o "$1" .`,
  );
  const { files, entries, report } = await threeAgree(t, archive);
  const whole = right({
    'README.TXT': 'only\n',
    'setup.exe': 'setup\n',
    'sources/install.wim': 'install\n',
  });
  t.strictSame(summed(files).sort(), whole);
  t.match(
    entries.filter(({ kind }) => kind === 'directory'),
    [{ path: 'sources' }],
  );
  t.strictSame(kindsOf(report), []);
  for (const format of ['tar.gz', 'zip'] as const) {
    const { entries } = await convertTo(t, archive, format);
    t.strictSame(summed(entries.filter(({ type }) => type === 'file')).sort(), whole, format);
  }
});

t.test('Rock Ridge names of 200 and 240 characters that differ at their ends', async (t) => {
  const names = [200, 240].flatMap((length) =>
    ['a', 'b', 'c', 'd', 'e'].map((end) => `${'n'.repeat(length - 5)}${end}.txt`),
  );
  const archive = await madeBy(
    t,
    'x.iso',
    `for name in ${names.join(' ')} short; do echo "$name" > "$name"; done
bsdtar --format=iso9660 --options '!joliet' -cf "$1" *`,
  );
  const whole = right(Object.fromEntries([...names, 'short'].map((name) => [name, `${name}\n`])));
  const { files, report, tarReport } = await threeAgree(t, archive);
  t.strictSame(summed(files).sort(), whole.sort());
  t.strictSame(kindsOf([...report, ...tarReport]), []);
  const { entries } = await convertTo(t, archive, 'zip');
  t.strictSame(pathsIn(entries), [...names, 'short'].sort());
});

t.test('with Joliet beside Rock Ridge, names are whole', async (t) => {
  const names = ['a', 'b'].map((end) => `${'j'.repeat(75)}${end}.html`);
  const archive = await madeBy(
    t,
    'j.iso',
    `mkdir -m 750 d; for name in ${names.join(' ')}; do echo "$name" > "d/$name"; done
chmod 640 d/*; ln -s ${names[0]} d/link; touch -d @1600000000 d/* d
genisoimage -quiet -J -joliet-long -R -o "$1" . 2> /dev/null || genisoimage -quiet -J -R -o "$1" .`,
  );
  const { files, entries, tar } = await threeAgree(t, archive);
  const whole = names.map((name) => `d/${name}`);
  t.strictSame(pathsIn(files), whole);
  t.strictSame(pathsIn(entries.filter(({ kind }) => kind === 'link')), ['d/link']);
  t.match(
    tar.filter(({ type }) => type === 'file'),
    whole.map(() => ({ mode: 0o640, modified: 1_600_000_000 })),
  );
  t.match(
    tar.filter(({ type }) => type === 'symlink'),
    [{ path: 'd/link', target: names[0] }],
  );
});
