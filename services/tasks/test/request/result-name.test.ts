import t from 'tap';
import { plannedName, resultName } from '../../src/request/result-name.js';

t.test('a result is named after its input', async (t) => {
  t.equal(resultName(['report.pdf'], 'zip'), 'report.zip');
  t.equal(resultName(['report.pdf'], 'tar.gz'), 'report.tar.gz');
  t.equal(resultName(['report'], '7z'), 'report.7z');
  t.equal(resultName(['.profile'], 'zip'), '.profile.zip');
  t.equal(resultName(['a.b.c'], 'zip'), 'a.b.zip');
  t.equal(resultName(['Photos.ZIP'], '7z'), 'Photos.7z');
  t.equal(resultName(['src.tar.gz'], 'zip'), 'src.zip');
  t.equal(resultName(['src.tgz'], 'tar.xz'), 'src.tar.xz');
  t.equal(resultName(['photos.RAR'], 'zip'), 'photos.zip');
  t.equal(resultName(['src.tar.zst'], '7z'), 'src.7z');
  t.equal(resultName(['disk.iso'], 'tar.gz'), 'disk.tar.gz');
  t.equal(resultName(['report.txt.zst'], 'gz'), 'report.txt.gz');
  t.equal(resultName(['a.txt', 'b.txt'], 'zip'), 'archive.zip');
});

t.test('a format of a single file keeps the whole name', async (t) => {
  t.equal(resultName(['report.pdf'], 'gz'), 'report.pdf.gz');
  t.equal(resultName(['report.pdf'], 'xz'), 'report.pdf.xz');
  t.equal(resultName(['report.gz'], 'bz2'), 'report.bz2');
});

t.test('a name that was asked for gets the extension once', async (t) => {
  t.equal(resultName(['a', 'b'], 'zip', 'mine'), 'mine.zip');
  t.equal(resultName(['a', 'b'], 'zip', 'Mine.ZIP'), 'Mine.zip');
  t.equal(resultName(['a'], 'tar.gz', 'v1.2'), 'v1.2.tar.gz');
});

t.test('a base and its accent are cut together', async (t) => {
  t.equal(resultName([`${'x'.repeat(250)}e\u0301.pdf`], 'zip'), `${'x'.repeat(250)}.zip`);
});

t.test('a name never takes more than 255 bytes, nor half a character', async (t) => {
  for (const name of [`${'x'.repeat(251)}.pdf`, `${'é'.repeat(127)}`, `${'😀'.repeat(63)}.x`]) {
    for (const format of ['zip', 'tar.bz2', 'gz'] as const) {
      const result = resultName([name], format);
      t.ok(Buffer.byteLength(result) <= 255, result);
      t.ok(result.endsWith(`.${format}`));
      t.notMatch(result, /\p{Surrogate}/u);
    }
  }
});

t.test('a folder that holds all that is compressed gives its name', async (t) => {
  const named = (paths: string[], changed: Partial<Parameters<typeof plannedName>[0]> = {}) =>
    plannedName(
      { operation: 'compress', format: 'zip', options: {}, ...changed },
      paths.map((path) => ({ path, name: path.split('/').at(-1) ?? '' })),
    );
  const photos = ['photos/a.jpg', 'photos/2026/b.jpg'];
  t.equal(named(photos), 'photos.zip');
  t.equal(named(photos.slice(0, 1)), 'photos.zip');
  t.equal(named([...photos, 'notes.txt']), 'archive.zip');
  t.equal(named([...photos, 'notes/a.txt']), 'archive.zip');
  t.equal(named(photos, { options: { paths: 'flatten' } }), 'archive.zip');
  t.equal(named(photos, { options: { name: 'mine' } }), 'mine.zip');
  t.equal(named(photos.slice(0, 1), { format: 'xz' }), 'a.jpg.xz');
  t.equal(named(['old/a.tar'], { operation: 'convert' }), 'a.zip');
  t.equal(named(photos, { operation: 'inspect', format: null }), null);
});

t.test('a split archive gives its name to what it is converted to', async (t) => {
  const named = (...paths: string[]) =>
    plannedName(
      { operation: 'convert', format: 'tar.gz', options: {} },
      paths.map((path) => ({ path, name: path.split('/').at(-1) ?? '' })),
    );
  t.equal(named('s.7z.002', 's.7z.001'), 's.tar.gz');
  t.equal(named('d/holiday.part1.rar', 'd/holiday.part2.rar'), 'holiday.tar.gz');
  t.equal(named('a.z01', 'a.zip'), 'a.tar.gz');
  t.equal(named('backup.001', 'backup.002'), 'backup.tar.gz');
  t.equal(named('x/s.7z.001', 'y/s.7z.001'), 'archive.tar.gz');
  t.equal(named('s.7z.001', 's.7z.002', 'b.zip'), 'archive.tar.gz');
});
