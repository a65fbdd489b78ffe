import t from 'tap';
import { document } from '../fixtures/document.js';

t.test('what may be left out is not required', async (t) => {
  const { paths } = document;
  const query = paths['/api/tasks']?.get?.parameters ?? [];
  t.match(
    query.map(({ name, required }) => [name, required]),
    [
      ['limit', false],
      ['cursor', false],
      ['order', false],
    ],
  );
  t.match(paths['/api/tasks/{id}']?.get?.parameters, [{ name: 'wait' }, { required: true }]);
  t.equal(paths['/api/tasks/{id}/retry']?.post?.requestBody?.required, false);
  t.equal(paths['/api/tasks/{id}']?.patch?.requestBody?.required, true);
});
