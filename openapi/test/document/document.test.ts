import t from 'tap';
import { assemble } from '../../src/document/assemble.js';
import { serialize } from '../../src/document/serialize.js';
import { problemMediaType } from '../../src/model/document.js';
import { document } from '../fixtures/document.js';

const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => {
    return { at: `${method.toUpperCase()} ${path}`, path, operation };
  }),
);

/** Every `$ref` of a value, with what it leads to. */
function references(value: unknown): { ref: string; target: unknown }[] {
  if (typeof value !== 'object' || value === null) return [];
  const found = Object.values(value).flatMap(references);
  if (!('$ref' in value) || typeof value.$ref !== 'string') return found;
  const steps = value.$ref.replace(/^#\//, '').split('/');
  const target = steps.reduce<unknown>(
    (at, step) => (at as Record<string, unknown> | undefined)?.[step],
    document,
  );
  return [...found, { ref: value.$ref, target }];
}

t.test('it is OpenAPI 3.1 of one origin', async (t) => {
  t.equal(document.openapi, '3.1.0');
  t.same(
    document.servers?.map(({ url }) => url),
    ['/'],
  );
  t.same(document.components.securitySchemes, {
    accessToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
  });
});

t.test('it is the same each time', async (t) => {
  t.equal(serialize(await assemble()), serialize(document));
});

t.test('every reference leads to something', async (t) => {
  const all = references(document);
  t.ok(all.length > 0);
  const broken = all.filter(({ target }) => target === undefined).map(({ ref }) => ref);
  t.same(broken, []);
});

t.test('no two operations have one name', async (t) => {
  const names = operations.map(({ operation }) => operation.operationId);
  t.same(new Set(names).size, names.length);
});

t.test('every operation says what it is', async (t) => {
  const known = document.tags?.map(({ name }) => name) ?? [];
  for (const { at, operation } of operations) {
    t.match(operation.operationId, /^[a-z]+([A-Z][a-z]+)*$/, `${at} has a name`);
    t.equal(operation.tags?.length, 1, `${at} has one tag`);
    t.ok(known.includes(operation.tags?.[0] ?? ''), `${at} has a tag that is described`);
    t.ok(operation.summary, `${at} has a summary`);
    t.ok(operation.description, `${at} has a description`);
    for (const [status, response] of Object.entries(operation.responses)) {
      t.ok(response.description, `${at} describes ${status}`);
      t.not(response.description, 'Default Response', `${at} describes ${status} itself`);
    }
  }
});

t.test('what needs an access token says so', async (t) => {
  const open = [
    'signUp',
    'logIn',
    'refreshToken',
    'logOut',
    'getJwks',
    'listFormats',
    'requestPasswordReset',
    'resetPassword',
  ];
  for (const { at, operation } of operations) {
    const { operationId = '', security, responses } = operation;
    if ([...open, 'getReadiness'].includes(operationId)) {
      t.same(security, [], `${at} is open to everybody`);
    } else {
      t.same(security, [{ accessToken: [] }], `${at} wants an access token`);
      t.ok(responses[401], `${at} answers 401`);
    }
  }
});

t.test('every error is a problem, and every operation can answer some', async (t) => {
  for (const { at, operation } of operations) {
    if (operation.operationId === 'getReadiness') continue;
    const errors = Object.entries(operation.responses).filter(([status]) => status >= '400');
    for (const [status, { content }] of errors) {
      const problem = { schema: { $ref: '#/components/schemas/Problem' } };
      t.match(content, { [problemMediaType]: problem }, `${at} answers ${status} as a problem`);
      t.same(Object.keys(content ?? {}), [problemMediaType]);
    }
    t.ok(operation.responses[400], `${at} answers 400`);
    t.ok(operation.responses.default, `${at} may answer what any operation may`);
    if (operation.requestBody === undefined) continue;
    t.ok(operation.responses[413], `${at} answers 413`);
    t.ok(operation.responses[415], `${at} answers 415`);
  }
});

t.test('path parameters are declared', async (t) => {
  for (const { at, path, operation } of operations) {
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    const declared = operation.parameters?.filter((one) => one.in === 'path') ?? [];
    t.same(
      declared.map(({ name }) => name),
      named,
      at,
    );
  }
});

t.test('uploads can be made from the document', async (t) => {
  for (const name of ['uploadFiles', 'createTask']) {
    const found = operations.find(({ operation }) => operation.operationId === name);
    const form = found?.operation.requestBody?.content['multipart/form-data'];
    const binary = { type: 'array', items: { type: 'string', format: 'binary' } };
    const schema = references(form)[0]?.target;
    t.match(schema, { type: 'object', properties: { file: binary } }, name);
  }
});
