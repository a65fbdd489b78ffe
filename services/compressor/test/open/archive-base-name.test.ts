import t from 'tap';
import { archiveBaseName } from '../../src/open/archive-base-name.js';

t.test('takes off the extension of a format, as long as it is, and no other', async (t) => {
  for (const [name, base] of [
    ['report.pdf.gz', 'report.pdf'],
    ['a.tar.gz', 'a'],
    ['a.TGZ', 'a'],
    ['a.tbz', 'a'],
    ['a.b.zip', 'a.b'],
    ['a.txt', 'a.txt'],
    ['zip', 'zip'],
    ['.zip', ''],
  ] as const) {
    t.equal(archiveBaseName(name), base, name);
  }
});
