import { TaskOutcome } from '@comprimemelo/contracts/webhook';
import t from 'tap';
import { withTypes } from '../../src/document/explicit-types.js';
import { nameSchemas } from '../../src/document/named-schemas.js';
import type { OpenApiDocument, Operation } from '../../src/model/document.js';

const answered = { type: 'object', properties: { id: { type: 'string' } } };
const asked = { type: 'object', properties: { name: { type: 'string' } } };
const form = { type: 'object', properties: { file: { type: 'string' } } };

const documentOf = (operation: Operation): OpenApiDocument => ({
  openapi: '3.1.0',
  info: { title: 'x', version: '1' },
  paths: { '/things': { post: operation } },
  components: { schemas: { Thing: answered } },
});

const reference = (name: string) => ({ schema: { $ref: `#/components/schemas/${name}` } });

t.test('request bodies get names, those that are equal one', async (t) => {
  const content = {
    'application/json': { schema: asked },
    'application/x-www-form-urlencoded': { schema: asked },
    'multipart/form-data': { schema: form },
  };
  const named = nameSchemas(
    documentOf({ operationId: 'makeThing', requestBody: { content }, responses: {} }),
  );
  t.same(named.paths['/things']?.post?.requestBody?.content, {
    'application/json': reference('MakeThingRequest'),
    'application/x-www-form-urlencoded': reference('MakeThingRequest'),
    'multipart/form-data': reference('MakeThingForm'),
  });
  t.match(named.components.schemas, { MakeThingRequest: asked, MakeThingForm: form });
});

t.test('a shape with another one in it is a reference, and so is that one', async (t) => {
  const schema = withTypes(JSON.parse(JSON.stringify(TaskOutcome)));
  const responses = { 200: { content: { 'application/json': { schema } } } };
  const named = nameSchemas(documentOf({ operationId: 'getThing', responses }));
  const content = named.paths['/things']?.post?.responses[200]?.content;
  t.same(content?.['application/json'], reference('TaskOutcome'));
  const error = { anyOf: [reference('TaskProblem').schema, { type: 'null' }] };
  t.match(named.components.schemas?.TaskOutcome, { properties: { error } });
});

t.test('what equals a named schema refers to it, in any order of keys', async (t) => {
  const { properties, type } = answered;
  const page = { type: 'array', items: { properties, type } };
  const responses = { 200: { content: { 'application/json': { schema: page } } } };
  const named = nameSchemas(documentOf({ operationId: 'listThings', responses }));
  t.same(named.paths['/things']?.post?.responses[200]?.content?.['application/json'], {
    schema: { type: 'array', items: reference('Thing').schema },
  });
  t.same(named.components.schemas?.Thing, answered, 'and it is not its own reference');
});
