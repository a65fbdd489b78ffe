import t from 'tap';
import { groupTestFiles } from '../../src/tests/test-groups.js';

const files = (directory: string, count: number) =>
  Array.from({ length: count }, (_, n) => `${directory}/dist/test/${n}.test.js`);

t.test('the files of a package share processes', async (t) => {
  const [auth, tasks] = [files('services/auth', 2), files('services/tasks', 30)];
  const groups = groupTestFiles([...auth, ...tasks]);
  t.same(
    groups.map((group) => [group.name, group.files.length]),
    [
      ['services/auth (1)', 2],
      ['services/tasks (1)', 12],
      ['services/tasks (2)', 12],
      ['services/tasks (3)', 6],
    ],
  );
  t.same(
    groups.flatMap((group) => group.files),
    [...auth, ...tasks],
    'each is there, once',
  );
});

t.test(
  'what starts or measures a whole system has a process of its own, and is first',
  async (t) => {
    const [e2e, local, auth] = [
      files('e2e', 2),
      files('infra/local', 1),
      files('services/auth', 1),
    ];
    const groups = groupTestFiles([...auth, ...e2e, ...local]);
    t.same(
      groups.map(({ name }) => name),
      [...e2e, ...local, 'services/auth (1)'],
    );
    t.same(
      groups.map((group) => group.files.length),
      [1, 1, 1, 1],
    );
  },
);

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
