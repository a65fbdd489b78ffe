import t from 'tap';
import { readTaskForm } from '../../src/request/form-fields.js';

t.test('fields, their aliases, and options alone or together', async (t) => {
  t.strictSame(readTaskForm({ format: 'zip', operation: 'compress', other: 'x' }), {
    format: 'zip',
    operation: 'compress',
    options: {},
  });
  t.equal(readTaskForm({ newFormat: '.zip' }).format, '.zip');
  t.equal(readTaskForm({ format: 'zip', newFormat: '7z' }).format, 'zip');
  t.strictSame(readTaskForm({ options: '{"level":"best","name":"a"}', level: 'fast' }).options, {
    level: 'fast',
    name: 'a',
  });
  t.strictSame(readTaskForm({ level: '', name: 'x' }).options, { name: 'x' });
});

t.test('options that are not a JSON object are refused', async (t) => {
  for (const options of ['{', '[]', '1', 'null', '"x"']) {
    t.throws(() => readTaskForm({ options }), { code: 'invalid-request' }, options);
  }
});
