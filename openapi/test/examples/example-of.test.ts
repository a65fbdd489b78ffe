import t from 'tap';
import { exampleOf } from '../../src/examples/example-of.js';
import type { OpenApiDocument } from '../../src/model/document.js';

const document: OpenApiDocument = {
  openapi: '3.1.0',
  info: { title: 'x', version: '1' },
  paths: {},
  components: { schemas: { Named: { type: 'string', examples: ['its own'] } } },
};
const of = (schema: object) => exampleOf(schema, document);

t.test('what a schema gives itself comes first', async (t) => {
  t.equal(of({ type: 'string', examples: ['a', 'b'] }), 'a');
  t.equal(of({ type: 'integer', default: 20, minimum: 1 }), 20);
  t.equal(of({ type: 'string', enum: ['x', 'y'] }), 'x');
  t.equal(of({ anyOf: [{ type: 'string' }, { type: 'null' }], examples: [null] }), null);
  t.equal(of({ $ref: '#/components/schemas/Named' }), 'its own');
});

t.test('the rest is put together', async (t) => {
  const properties = {
    needed: { type: 'integer', minimum: 3 },
    shown: { type: 'string', examples: ['here'] },
    left: { type: 'string' },
  };
  const schema = { type: 'array', items: { type: 'object', required: ['needed'], properties } };
  t.same(of(schema), [{ needed: 3, shown: 'here' }]);
  t.equal(of({ anyOf: [{ type: 'boolean' }, { type: 'null' }] }), true);
  t.equal(of({ type: 'string', format: 'date-time' }), '2026-01-31T12:00:00.000Z');
});
