import t from 'tap';
import { parseOptions, readOptions } from '../../src/request/given-options.js';

t.test('options are an object, and an empty one where there are none', async (t) => {
  t.strictSame(readOptions(undefined), {});
  t.strictSame(readOptions(null), {});
  t.strictSame(readOptions({ level: 'best' }), { level: 'best' });
  t.strictSame(parseOptions('{"level":"best"}'), { level: 'best' });
});

t.test('nothing else is taken for one', async (t) => {
  for (const given of [[], ['a'], 'x', '{}', 1, true]) {
    const errors = [{ pointer: '/options', detail: '`options` must be an object.' }];
    t.throws(
      () => readOptions(given),
      { code: 'invalid-request', options: { errors } },
      JSON.stringify(given),
    );
  }
  for (const json of ['', '{', 'null', '[]', '"x"', '1']) {
    const errors = [{ pointer: '/options', detail: '`options` must be a JSON object.' }];
    t.throws(() => parseOptions(json), { code: 'invalid-request', options: { errors } }, json);
  }
});
