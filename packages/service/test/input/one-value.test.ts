import t from 'tap';
import { oneValue } from '../../src/input/one-value.js';

t.test('a field of several names has one value', async (t) => {
  t.equal(oneValue({ format: 'zip', newFormat: undefined }), 'zip');
  t.equal(oneValue({ format: undefined, newFormat: 'zip' }), 'zip');
  t.equal(oneValue({ format: 'zip', newFormat: 'zip' }), 'zip');
  t.equal(oneValue({ format: undefined, newFormat: undefined }), undefined);
  t.equal(oneValue<unknown>({ password: null, 'options.password': undefined }), null);
});

t.test('two that differ are refused, and not said', async (t) => {
  const both = { password: 'hunter2', 'options.password': 'hunter3' };
  const detail =
    '`password` and `options.password` are one field, and their values differ: send one of them.';
  t.throws(() => oneValue(both), {
    code: 'invalid-request',
    message: detail,
    options: {
      errors: [
        { pointer: '/password', detail },
        { pointer: '/options/password', detail },
      ],
    },
  });
});
