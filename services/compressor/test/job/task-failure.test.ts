import t from 'tap';
import { TaskFailure } from '../../src/job/task-failure.js';

t.test('is the problem that the owner is told', async (t) => {
  const cause = new Error('secret path');
  const failure = new TaskFailure('unsafe-entry', {
    detail: 'Why.',
    entry: 'e'.repeat(600),
    cause,
  });
  t.strictSame(failure.problem, {
    type: '/problems/unsafe-entry',
    title: 'An entry of the archive is not safe to extract',
    detail: 'Why.',
    entry: 'e'.repeat(512),
  });
  t.equal(failure.cause, cause);
  t.strictSame(Object.keys(new TaskFailure('archive-corrupt').problem), ['type', 'title']);
});
