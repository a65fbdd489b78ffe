import t from 'tap';
import { readTaskForm } from '../../src/request/form-fields.js';
import { readTaskFields, type TaskFields } from '../../src/request/task-fields.js';

t.test('fields, their aliases, and options alone or together', async (t) => {
  t.strictSame(readTaskForm({ format: 'zip', operation: 'compress' }), {
    format: 'zip',
    operation: 'compress',
    options: {},
  });
  t.equal(readTaskForm({ newFormat: '.zip' }).format, '.zip');
  t.equal(readTaskForm({ format: '', newFormat: '.zip' }).format, '.zip');
  t.equal(readTaskForm({ format: 'zip', newFormat: 'zip' }).format, 'zip');
  t.strictSame(readTaskForm({ options: '{"name":"a"}', level: 'fast' }).options, {
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

t.test('an unknown option is refused, whether it is like a known one or not', async (t) => {
  const said = (options: object) => {
    try {
      return readTaskForm({ options: JSON.stringify(options) });
    } catch (error) {
      return (error as Error).message;
    }
  };
  t.equal(
    said({ passwrd: 'hunter2' }),
    '`options.passwrd` is not a field of `options`; did you mean `options.password`?',
  );
  t.equal(
    said({ format: 'zip' }),
    '`options.format` is not a field of `options`; did you mean the field `format` at the top of the body?',
  );
});

t.test('a field that is given twice must say the same', async (t) => {
  const refused: [TaskFields, string][] = [
    [{ format: 'zip', newFormat: '7z' }, '`format` and `newFormat`'],
    [{ level: 'fast', options: { level: 'best' } }, '`level` and `options.level`'],
    [{ name: 'a', options: { name: 'b' } }, '`name` and `options.name`'],
    [{ password: 'a', options: { password: 'b' } }, '`password` and `options.password`'],
    [{ password: null, options: { password: 'b' } }, '`password` and `options.password`'],
  ];
  for (const [fields, names] of refused) {
    const message = `${names} are one field, and their values differ: send one of them.`;
    t.throws(() => readTaskFields(fields), { code: 'invalid-request', message }, names);
  }
  const password = 'hunter2';
  t.strictSame(readTaskFields({ password, options: { password } }).options, { password });
  t.strictSame(readTaskFields({ password: null }).options, { password: null }, 'taken away');
});
