import t from 'tap';
import { madeByPython, right, summed } from '../fixtures/field-case.js';
import { threeAgree } from '../fixtures/three-agree.js';

t.test('a zip with a line feed in a name and a link gives its files', async (t) => {
  const program = `with zipfile.ZipFile(sys.argv[1], 'w') as z:
  for name in ('a', 'line\\nfeed', 'z'): z.writestr(name, name)
  link = zipfile.ZipInfo('link'); link.create_system = 3; link.external_attr = 0o120777 << 16
  z.writestr(link, 'a')`;
  const { files, report } = await threeAgree(t, await madeByPython(t, 'feed.zip', program));
  t.strictSame(summed(files), right({ a: 'a', line_feed: 'line\nfeed', z: 'z' }));
  t.match(report, [{ lost: 'links', count: 1 }]);
});
