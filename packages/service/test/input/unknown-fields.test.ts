import t from 'tap';
import type { Schema } from '../../src/input/schema.js';
import { type Takes, unknownFields } from '../../src/input/unknown-fields.js';

const closed = (properties: Record<string, Schema>): Schema => ({
  additionalProperties: false,
  properties,
});

const takes: Takes = {
  body: closed({
    format: {},
    newFormat: { deprecated: true },
    firstName: {},
    first_name: { deprecated: true },
    password: {},
    options: closed({ level: {}, password: {}, encryptNames: {} }),
  }),
  querystring: closed({ limit: {}, cursor: {} }),
};

const said = (value: unknown, part: 'body' | 'querystring' = 'body', by = takes) =>
  unknownFields(value, part, by).map(({ detail }) => detail);

const field = 'is not a field of this operation';

t.test('what is known passes', async (t) => {
  t.strictSame(said({ format: 'zip', newFormat: 'zip', options: { level: 'best' } }), []);
  t.strictSame(said({ limit: 1 }, 'querystring'), []);
  for (const value of [undefined, null, 'text', ['a'], 7]) t.strictSame(said(value), []);
});

t.test('a misspelt field is told the nearest, whatever its case and its hyphens', async (t) => {
  const nearest: [string, string][] = [
    ['passwrd', 'password'],
    ['pasword', 'password'],
    ['passsword', 'password'],
    ['passwd', 'password'],
    ['pass', 'password'],
    ['Password', 'password'],
    ['PASSWORD', 'password'],
    ['archive_password', 'password'],
    ['psasword', 'password'],
    ['fromat', 'format'],
    ['first-name', 'firstName'],
    ['new_format', 'format'],
  ];
  for (const [asked, known] of nearest) {
    const sentence = `\`${asked}\` ${field}; did you mean \`${known}\`?`;
    t.strictSame(said({ [asked]: 'hunter2' }), [sentence]);
  }
});

t.test('a field in the wrong place is told the right one', async (t) => {
  t.strictSame(said({ encryptNames: true }), [
    `\`encryptNames\` ${field}; did you mean \`options.encryptNames\`?`,
  ]);
  t.strictSame(said({ options: { format: 'zip' } }), [
    '`options.format` is not a field of `options`; did you mean the field `format` at the top of the body?',
  ]);
  t.strictSame(said({ options: { passwrd: 'hunter2' } }), [
    '`options.passwrd` is not a field of `options`; did you mean `options.password`?',
  ]);
  t.strictSame(said({ password: 'hunter2' }, 'querystring'), [
    '`password` is not a query parameter of this operation; did you mean the field `password` of the body?',
  ]);
  t.strictSame(said({ limit: 3 }), [
    `\`limit\` ${field}; did you mean the query parameter \`limit\`?`,
  ]);
});

t.test('what is like nothing is told what there is', async (t) => {
  t.strictSame(said({ wibble: 1 }, 'querystring'), [
    '`wibble` is not a query parameter of this operation; it takes `limit` and `cursor`.',
  ]);
  t.strictSame(said({ wibble: 1 }, 'querystring', { querystring: closed({}) }), [
    '`wibble` is not a query parameter of this operation; it takes none.',
  ]);
});

t.test('a few of many are named, each short, and none of their values', async (t) => {
  const many = Object.fromEntries(
    Array.from({ length: 1_000 }, (_, at) => [`${'x'.repeat(1_000)}${at}`, 'hunter2']),
  );
  const errors = unknownFields(many, 'body', takes);
  t.equal(errors.length, 5);
  for (const { pointer, detail } of errors) {
    t.ok(pointer.length <= 101);
    t.ok(detail.length < 300);
    t.notMatch(detail, 'hunter2');
  }
});
