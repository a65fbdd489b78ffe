import t from 'tap';
import { withTypes } from '../../src/document/explicit-types.js';

t.test('properties make an object, listed strings a string, wherever they stand', async (t) => {
  const file = { type: 'array', items: { type: 'string', format: 'binary' } };
  const schema = { properties: { file, level: { enum: ['fast', 'best'] } } };
  t.same(withTypes({ content: { 'multipart/form-data': { schema } } }), {
    content: {
      'multipart/form-data': {
        schema: {
          type: 'object',
          properties: { file, level: { type: 'string', enum: ['fast', 'best'] } },
        },
      },
    },
  });
});

t.test('what has a type, or may have several, keeps it', async (t) => {
  const kept = {
    anyOf: [{ type: 'null' }, { enum: [1, 'a'] }],
    schemas: { Either: { type: ['object', 'null'], properties: {} } },
  };
  t.same(withTypes(kept), kept);
});

t.test('a property may be called like a keyword', async (t) => {
  const properties = { properties: { type: 'string' }, enum: { type: 'array' } };
  t.same(withTypes({ properties }), { type: 'object', properties });
});
