import t from 'tap';
import { duplicateName } from '../../src/input/duplicate-name.js';

t.test('a name that an object has twice is found, wherever it stands', async (t) => {
  const found: [string, string[]][] = [
    ['{"a":1,"a":1}', ['a']],
    ['{ "a" : 1 , "b": {"a": 2}, "\\u0061": 3 }', ['a']],
    ['{"options":{"password":"x","level":"best","password":"y"}}', ['options', 'password']],
    ['{"a":[{"b":1},{"b":1,"c":[],"b":2}]}', ['a', 'b']],
    ['{"a:{":"}","b":"\\"","a:{":1}', ['a:{']],
    ['{"toString":1,"toString":2}', ['toString']],
  ];
  for (const [json, steps] of found) {
    JSON.parse(json);
    t.strictSame(duplicateName(json), steps, json);
  }
});

t.test('what looks like one is none', async (t) => {
  for (const json of [
    '{}',
    '[]',
    '"a"',
    'null',
    '7',
    '{"a":"a","b":"a"}',
    '{"a":{"a":{"a":1}},"b":{"a":1}}',
    '[{"a":1},{"a":1}]',
    '{"a":"\\"a\\":1,","b":"{\\"a\\":1"}',
    '{"a":["a","a",{"a":1}],"b":1}',
    '{"a":"\\\\","b":":","c":"\\\\\\""}',
  ]) {
    JSON.parse(json);
    t.equal(duplicateName(json), undefined, json);
  }
});

t.test('a large body takes no longer than reading it', async (t) => {
  const fields = Array.from({ length: 50_000 }, (_, at) => `"name${at}":"\\\\\\"${at}"`);
  t.equal(duplicateName(`{${fields.join(',')}}`), undefined);
  t.strictSame(duplicateName(`{${fields.join(',')},"name7":1}`), ['name7']);
});
