import t from 'tap';
import { convertTo, kindsOf, madeBy, right, summed } from '../fixtures/field-case.js';
import { threeAgree } from '../fixtures/three-agree.js';

const make = `truncate -s 3M d; printf x >> d; printf before > a; printf after > z
truncate -s 100k holes; truncate -s 1M both; printf middle | dd of=both bs=1 seek=500000 conv=notrunc status=none
`;
const both = Buffer.alloc(1024 ** 2);
both.write('middle', 500_000);
const contents = {
  a: 'before',
  both,
  d: Buffer.concat([Buffer.alloc(3 * 1024 ** 2), Buffer.from('x')]),
  holes: Buffer.alloc(100 * 1024),
  z: 'after',
};

const packers: Readonly<Record<string, string>> = {
  'GNU tar, pax 0.0': 'tar --format=pax --sparse --sparse-version=0.0 -cf "$1" *',
  'GNU tar, pax 0.1': 'tar --format=pax --sparse --sparse-version=0.1 -cf "$1" *',
  'GNU tar, pax 1.0': 'tar --format=pax --sparse --sparse-version=1.0 -cf "$1" *',
  'GNU tar, its own format': 'tar --format=gnu --sparse -cf "$1" *',
  'bsdtar, pax': 'bsdtar --format=pax -cf "$1" *',
  'bsdtar as it is used': 'bsdtar -cf "$1" *',
};

for (const [name, pack] of Object.entries(packers)) {
  t.test(`sparse files by ${name} are whole`, async (t) => {
    const archive = await madeBy(t, 's.tar', make + pack);
    const { files, report, tarReport } = await threeAgree(t, archive);
    t.strictSame(summed(files), right(contents));
    t.strictSame(kindsOf([...report, ...tarReport]), []);
    for (const format of ['tar.gz', 'zip'] as const) {
      const { entries, report } = await convertTo(t, archive, format);
      t.strictSame(summed(entries), right(contents), format);
      t.strictSame(kindsOf(report), [], format);
    }
  });
}

t.test('a sparse file of many pieces, with a long name and behind gzip', async (t) => {
  const name = 'sparse/'.repeat(30);
  const lines = `mkdir -p ${name}
for at in $(seq 0 2 400); do printf "$at." | dd of=${name}f bs=4096 seek=$at conv=notrunc status=none; done
truncate -s 2M ${name}f
tar --format=pax --sparse -czf "$1" sparse`;
  const archive = await madeBy(t, 'many.tar.gz', lines);
  const whole = Buffer.alloc(2 * 1024 ** 2);
  for (let at = 0; at <= 400; at += 2) whole.write(`${at}.`, at * 4096);
  const { files } = await threeAgree(t, archive);
  t.strictSame(summed(files), right({ [`${name}f`]: whole }));
});

t.test('a file that only looks like a sparse one keeps its name', async (t) => {
  const lines =
    'mkdir GNUSparseFile.0; head -c 600 /dev/urandom > GNUSparseFile.0/d; tar -cf "$1" *';
  const { files } = await threeAgree(t, await madeBy(t, 'plain.tar', lines));
  t.match(files, [{ path: 'GNUSparseFile.0/d', size: 600 }]);
});
