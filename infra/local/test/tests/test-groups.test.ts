import t from 'tap';
import { repositoryRoot } from '../../src/run/layout.js';
import { findTestFiles } from '../../src/tests/test-files.js';
import { groupTestFiles } from '../../src/tests/test-groups.js';
import { heavy } from '../../src/tests/test-weights.js';

const files = (directory: string, count: number) =>
  Array.from({ length: count }, (_, n) => `${directory}/dist/test/${n}.test.js`);

t.test('the files of a package share processes, and the longest begin', async (t) => {
  const [auth, tasks] = [files('services/auth', 2), files('services/tasks', 30)];
  const groups = groupTestFiles([...auth, ...tasks]);
  t.same(
    groups.map((group) => [group.name, group.files.length]),
    [
      ['services/tasks (1)', 12],
      ['services/tasks (2)', 12],
      ['services/tasks (3)', 6],
      ['services/auth (1)', 2],
    ],
  );
  t.same(
    groups.flatMap((group) => group.files).sort(),
    [...auth, ...tasks].sort(),
    'each is there, once',
  );
});

t.test('what is known to take long begins, and does not share with much', async (t) => {
  const long = [
    'services/compressor/dist/test/operations/convert-table.test.js',
    'services/compressor/dist/test/operations/many-entries.test.js',
  ];
  const light = files('services/auth', 12);
  t.same(
    groupTestFiles([...light, ...long]).map((group) => group.files),
    [[long[0]], [long[1]], light],
  );
});

t.test('the table of long files names files that are there', async (t) => {
  const all = findTestFiles(repositoryRoot);
  const names = all.map((file) => file.replace('/dist/test/', '/test/').replace(/\.js$/, ''));
  t.strictSame(
    Object.keys(heavy).filter((name) => !names.includes(name)),
    [],
  );
});

t.test('what starts or measures a whole system has a process of its own', async (t) => {
  const system = 'infra/local/dist/test/system/system.test.js';
  const [e2e, local, auth] = [files('e2e', 2), files('infra/local', 2), files('services/auth', 2)];
  const groups = groupTestFiles([...auth, ...e2e, ...local, system]);
  t.same(
    groups.map((group) => group.files).sort(),
    [[system], ...e2e.map((file) => [file]), auth, local].sort(),
  );
  t.equal(groups[0]?.name, system, 'it takes longest');
});

t.test('what measures is first, and by itself', async (t) => {
  const [measured, auth] = [files('e2e', 2), files('services/auth', 1)];
  const inFolder = measured.map((file) => file.replace('/test/', '/test/measured/'));
  const groups = groupTestFiles([...inFolder, ...auth]);
  t.same(
    groups.map(({ name, measures }) => [name, measures]),
    [...inFolder.map((name) => [name, true]), ['services/auth (1)', false]],
  );
});

t.test('no file, no group', async (t) => {
  t.same(groupTestFiles([]), []);
});
