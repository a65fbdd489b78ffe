import t from 'tap';
import type { Schema } from '../../src/input/schema.js';
import { explainingValidators } from '../../src/input/validator.js';

const id = '0193a1de-7b5c-7c3e-9d1f-2f6a0c4b8e11';
const build = explainingValidators()({}, { customOptions: { strictTypes: false } });

/** What is said of a value that does not fit. */
function said(schema: Schema, value: unknown, httpPart = 'body', url = '/api/tasks/:id') {
  const validate = build({ schema, httpPart: httpPart as 'body', url }) as (
    value: unknown,
  ) => unknown;
  const outcome = validate(value) as { error?: { options: { errors: { detail: string }[] } } };
  return outcome.error?.options.errors.map(({ detail }) => detail).join(' ');
}

const one = (name: string, schema: Schema, extra = {}): Schema => ({
  type: 'object',
  properties: { [name]: schema },
  ...extra,
});

const integer = { type: 'integer', minimum: 1, maximum: 100 };
const text = (more: Schema): Schema => ({ type: 'string', ...more });

/** The keyword, the schema of one field, its value, and the sentence. */
const cases: [string, Schema, unknown, string][] = [
  [
    'enum',
    one('level', text({ enum: ['fast', 'best'] })),
    { level: 'ultra' },
    '`level` must be one of fast, best; got "ultra".',
  ],
  ['const', one('kind', text({ const: 'a' })), { kind: 'b' }, '`kind` must be "a"; got "b".'],
  ['type text', one('name', text({})), { name: {} }, '`name` must be text; got an object.'],
  [
    'type text, several',
    one('name', text({})),
    { name: ['a', 'b'] },
    '`name` must have one value; got 2.',
  ],
  [
    'type integer',
    one('limit', integer),
    { limit: 'abc' },
    '`limit` must be a whole number from 1 to 100; got "abc".',
  ],
  [
    'type boolean',
    one('enabled', { type: 'boolean' }),
    { enabled: 'ja' },
    '`enabled` must be true or false; got "ja".',
  ],
  [
    'type of a choice',
    one('description', { type: ['string', 'null'] }),
    { description: {} },
    '`description` must be text or null; got an object.',
  ],
  [
    'type object',
    one('options', { type: 'object', properties: {} }),
    { options: '{"password":"x"}' },
    '`options` must be an object; got text.',
  ],
  [
    'minimum',
    one('limit', integer),
    { limit: 0 },
    '`limit` must be a whole number from 1 to 100; got 0.',
  ],
  [
    'maximum',
    one('limit', integer),
    { limit: 101 },
    '`limit` must be a whole number from 1 to 100; got 101.',
  ],
  [
    'minimum alone',
    one('n', { type: 'number', minimum: 0 }),
    { n: -1 },
    '`n` must be a number, at least 0; got -1.',
  ],
  ['minLength 1', one('name', text({ minLength: 1 })), { name: '' }, '`name` must not be empty.'],
  [
    'minLength',
    one('password', text({ minLength: 8 })),
    { password: 'short' },
    '`password` must have at least 8 characters.',
  ],
  [
    'maxLength',
    one('name', text({ maxLength: 3 })),
    { name: 'abcd' },
    '`name` must have at most 3 characters.',
  ],
  [
    'pattern',
    one('username', text({ pattern: '^[a-z]{3,40}$', description: '3 to 40 letters' })),
    { username: 'a b' },
    '`username` must be 3 to 40 letters; got "a b".',
  ],
  [
    'format email',
    one('email', text({ format: 'email' })),
    { email: 'x' },
    '`email` must be an e-mail address; got "x".',
  ],
  [
    'format uuid',
    one('files', { type: 'array', items: text({ format: 'uuid' }) }),
    { files: [id, 'x'] },
    '`files[1]` is not a file id; got "x".',
  ],
  [
    'format uuid by its name',
    one('task', text({ format: 'uuid' })),
    { task: 'x' },
    '`task` is not a task id; got "x".',
  ],
  [
    'minItems',
    one('events', { type: 'array', minItems: 1 }),
    { events: [] },
    '`events` must have at least 1 item.',
  ],
  [
    'maxItems',
    one('files', { type: 'array', maxItems: 2 }),
    { files: [1, 2, 3] },
    '`files` must have at most 2 items; got 3.',
  ],
  [
    'uniqueItems',
    one('events', { type: 'array', uniqueItems: true } as Schema),
    { events: ['a', 'a'] },
    '`events` must not have the same item twice.',
  ],
  ['required', one('password', text({}), { required: ['password'] }), {}, '`password` is missing.'],
  [
    'required, deeper',
    one('options', one('name', text({}), { required: ['name'] })),
    { options: {} },
    '`options.name` is missing.',
  ],
  [
    'minProperties',
    one('url', text({}), { minProperties: 1 }),
    {},
    'The body must have at least one of url.',
  ],
  ['no body', one('url', text({})), null, 'The body is missing.'],
  [
    'a body of another kind',
    one('url', text({})),
    'secret',
    'The body must be an object; got text.',
  ],
  [
    'a nested field',
    one('options', one('level', text({ enum: ['fast'] }))),
    { options: { level: 1 } },
    '`options.level` must be one of fast; got "1".',
  ],
];

t.test('each keyword has its sentence', async (t) => {
  for (const [what, schema, value, sentence] of cases) t.equal(said(schema, value), sentence, what);
});

t.test('other parts of a request have their own words', async (t) => {
  const ids = one('id', text({ format: 'uuid' }));
  t.equal(said(ids, { id: 'abc' }, 'params'), '`id` is not a task id; got "abc".');
  const deliveries = '/api/webhooks/:id/deliveries/:deliveryId';
  t.equal(said(ids, { id: 'abc' }, 'params', deliveries), '`id` is not a webhook id; got "abc".');
  const delivery = one('deliveryId', text({ format: 'uuid' }));
  t.equal(
    said(delivery, { deliveryId: 'abc' }, 'params', deliveries),
    '`deliveryId` is not a delivery id; got "abc".',
  );
  const header = one('last-event-id', text({ pattern: '^\\d+$', description: 'Digits' }));
  t.equal(
    said(header, { 'last-event-id': 'x' }, 'headers'),
    'The header `Last-Event-ID` must be digits; got "x".',
  );
});

t.test('what a secret field held is never said', async (t) => {
  const word = 'hunter2-hunter2';
  for (const name of ['password', 'currentPassword', 'refresh_token', 'token', 'secret']) {
    for (const schema of [
      text({ enum: ['a'] }),
      text({ pattern: '^a$' }),
      text({ maxLength: 3 }),
      { type: 'integer' },
    ]) {
      const sentence = said(one(name, schema), { [name]: word });
      t.match(sentence, `\`${name}\` `, name);
      t.notMatch(sentence, word, name);
    }
  }
});

t.test('a long value is shown by its start', async (t) => {
  const sentence = said(one('level', text({ enum: ['fast'] })), {
    level: '\u{1f600}'.repeat(5_000),
  });
  t.equal(sentence, `\`level\` must be one of fast; got "${'\u{1f600}'.repeat(40)}…".`);
});
