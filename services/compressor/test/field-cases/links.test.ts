import t from 'tap';
import {
  convertTo,
  convertToSeven,
  kindsOf,
  madeBy,
  right,
  summed,
} from '../fixtures/field-case.js';
import { threeAgree } from '../fixtures/three-agree.js';

const hard = 'mkdir d; echo same > a; ln a b; ln a d/c; echo z > z\n';
const contents = { a: 'same\n', b: 'same\n', 'd/c': 'same\n', z: 'z\n' };
const inOrder = 'printf "%s\\n" a b d d/c z';

const packers: Readonly<Record<string, { name: string; pack: string }>> = {
  'GNU tar': { name: 'h.tar', pack: `${inOrder} | tar -cf "$1" --no-recursion -T -` },
  'bsdtar, pax': { name: 'h.tar', pack: `${inOrder} | bsdtar -cnf "$1" -T -` },
  'GNU tar and gzip': { name: 'h.tgz', pack: `${inOrder} | tar -czf "$1" --no-recursion -T -` },
  'cpio, newc': { name: 'h.cpio', pack: `${inOrder} | cpio --quiet -oH newc > "$1"` },
  'cpio, crc': { name: 'h.cpio', pack: `${inOrder} | cpio --quiet -oH crc > "$1"` },
  'bsdtar, newc': { name: 'h.cpio', pack: `${inOrder} | bsdtar --format=newc -cnf "$1" -T -` },
};

for (const [packer, { name, pack }] of Object.entries(packers)) {
  t.test(`hard links by ${packer} are files, and links again in a tar`, async (t) => {
    const archive = await madeBy(t, name, hard + pack);
    const { files, report, tar, tarReport } = await threeAgree(t, archive);
    t.strictSame(summed(files).sort(), right(contents));
    t.strictSame(kindsOf([...report, ...tarReport]), []);
    t.equal(tar.filter(({ type }) => type === 'hardlink').length, 2);
    const { entries, report: zipReport } = await convertTo(t, archive, 'zip');
    t.strictSame(summed(entries.filter(({ type }) => type === 'file')).sort(), right(contents));
    t.strictSame(kindsOf(zipReport), []);
    const { entries: packed } = await convertTo(t, archive, 'tar.gz');
    t.equal(packed.filter(({ type }) => type === 'hardlink').length, 2);
    const seven = await convertToSeven(t, archive);
    t.strictSame(seven.contents['d/c'], Buffer.from('same\n'));
  });
}

const control = 'Package: sample\\nVersion: 1\\nArchitecture: all\\nMaintainer: a <a@b.c>\\n';

t.test('hard links in a Debian package are files', async (t) => {
  const lines = `mkdir -p p/DEBIAN p/usr/bin; printf '${control}Description: x\\n' > p/DEBIAN/control
echo perl > p/usr/bin/perl; ln p/usr/bin/perl p/usr/bin/perl5.36.0
dpkg-deb --root-owner-group -b p "$1" > /dev/null`;
  const { files, report } = await threeAgree(t, await madeBy(t, 'h.deb', lines));
  const own = files.filter(({ path }) => path.startsWith('usr/'));
  t.strictSame(
    summed(own).sort(),
    right({ 'usr/bin/perl': 'perl\n', 'usr/bin/perl5.36.0': 'perl\n' }),
  );
  t.strictSame(kindsOf(report), []);
});

const soft = `mkdir d; echo a > a; ln -s a b; ln -s ../a d/up; ln -s d folder
ln -s /etc/passwd out; ln -s ../../x over; ln -s nothing dangling\n`;
const inner = [
  ['b', 'a'],
  ['d/up', '../a'],
  ['dangling', 'nothing'],
  ['folder', 'd'],
];
const linkPackers: Readonly<Record<string, { name: string; pack: string }>> = {
  'GNU tar': { name: 'l.tar', pack: 'tar -cf "$1" *' },
  'Info-ZIP': { name: 'l.zip', pack: 'zip -qry "$1" *' },
  'bsdtar, 7z': { name: 'l.7z', pack: 'bsdtar --format=7zip -cf "$1" *' },
  cpio: { name: 'l.cpio', pack: 'find * | sort | cpio --quiet -oH newc > "$1"' },
};

for (const [packer, { name, pack }] of Object.entries(linkPackers)) {
  t.test(`symbolic links by ${packer} are kept where they stay inside`, async (t) => {
    const archive = await madeBy(t, name, soft + pack);
    const { files, report } = await threeAgree(t, archive);
    t.strictSame(summed(files), right({ a: 'a\n' }));
    t.match(kindsOf(report), [['links', 6]]);
    for (const format of ['tar', 'tar.gz', 'zip'] as const) {
      const { entries, report } = await convertTo(t, archive, format);
      const links = entries.filter(({ type }) => type === 'symlink');
      t.strictSame(links.map(({ path, target }) => [path, target]).sort(), inner, format);
      t.match(kindsOf(report), [['links', 2]], format);
    }
    const { report: sevenReport } = await convertToSeven(t, archive);
    const left = sevenReport.filter(({ lost }) => lost === 'links');
    t.equal(
      left.reduce((sum, { count }) => sum + count, 0),
      6,
    );
  });
}
