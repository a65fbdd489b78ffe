import { type Rar5Link, rar5Bytes } from '@comprimemelo/testing/archives/rar5-bytes';
import t from 'tap';
import { convertTo, convertToSeven, kindsOf, right, summed } from '../fixtures/field-case.js';
import { threeAgree } from '../fixtures/three-agree.js';

const data = Buffer.from('the same bytes\n');
const contents = { a: data, 'd/b': data, c: data, z: Buffer.from('z\n') };

const linked = (kind: Rar5Link['kind']) =>
  rar5Bytes([
    { path: 'a', data },
    { path: 'd', directory: true },
    { path: 'd/b', kind, target: 'a', size: data.length },
    { path: 'c', kind, target: 'a', size: data.length },
    { path: 'z', data: contents.z },
  ]);

for (const kind of ['hard link', 'copy'] as const) {
  t.test(`each ${kind} of a rar is a file with the bytes of what it leads to`, async (t) => {
    const archive = { 'x.rar': linked(kind) };
    const { files, report, tar, tarReport } = await threeAgree(t, archive);
    t.strictSame(summed(files), right(contents));
    t.strictSame(kindsOf([...report, ...tarReport]), []);
    const links = tar.filter(({ type }) => type === 'hardlink');
    const paths = kind === 'copy' ? [] : ['d/b', 'c'];
    t.strictSame(
      links.map(({ path, target }) => [path, target]),
      paths.map((path) => [path, 'a']),
      'a copy is no link',
    );
    const { entries } = await convertTo(t, archive, 'zip');
    t.strictSame(summed(entries.filter(({ type }) => type === 'file')), right(contents));
    t.strictSame((await convertToSeven(t, archive)).contents, contents);
  });
}

t.test('one of them alone is asked for', async (t) => {
  for (const kind of ['hard link', 'copy'] as const) {
    const { entries, report } = await convertTo(t, { 'x.rar': linked(kind) }, 'tar', {
      entries: ['c'],
    });
    t.strictSame(summed(entries), right({ c: data }), kind);
    t.strictSame(kindsOf(report), []);
  }
});
