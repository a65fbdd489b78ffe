import t from 'tap';
import { findTestFiles } from '../../src/tests/test-files.js';

t.test('compiled tests are found where their source is still there', (t) => {
  const root = t.testdir({
    'tsconfig.json': JSON.stringify({ references: [{ path: 'services/a' }, { path: 'b' }] }),
    services: {
      a: {
        test: { deep: { 'x.test.ts': '' }, 'y.test.ts': '' },
        dist: {
          test: { deep: { 'x.test.js': '' }, 'y.test.js': '', 'gone.test.js': '', 'rig.js': '' },
        },
      },
      unlisted: { test: { 'z.test.ts': '' }, dist: { test: { 'z.test.js': '' } } },
    },
  });
  const x = 'services/a/dist/test/deep/x.test.js';
  const y = 'services/a/dist/test/y.test.js';
  t.same(findTestFiles(root), [x, y]);
  t.same(findTestFiles(root, ['services/a/test/deep']), [x]);
  t.same(findTestFiles(root, ['y.test.ts', 'nothing']), [y]);
  t.same(findTestFiles(root, ['nothing']), []);
  t.end();
});
