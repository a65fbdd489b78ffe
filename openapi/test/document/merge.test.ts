import t from 'tap';
import { MergeError, mergeParts, type Part } from '../../src/document/merge.js';

const base = { openapi: '3.1.0', info: { title: 'x', version: '1' } };
const operation = (operationId: string) => ({ operationId, responses: {} });
const part = (paths: Part['paths'], schemas: Record<string, unknown> = {}): Part => ({
  paths,
  components: { schemas },
});

t.test('paths of all parts, in their order; methods of one path together', async (t) => {
  const merged = mergeParts(base, [
    part({ '/b': { get: operation('getB') } }),
    part({ '/a': { get: operation('getA') }, '/b': { post: operation('makeB') } }),
  ]);
  t.same(Object.keys(merged.paths), ['/b', '/a']);
  t.same(merged.paths['/b'], { get: operation('getB'), post: operation('makeB') });
  t.match(merged, base);
});

t.test('two parts with one operation are an error that names it', async (t) => {
  const same = part({ '/a': { get: operation('getA') } });
  t.throws(() => mergeParts(base, [same, same]), {
    message: 'two services define get of /a differently',
  });
});

t.test('equal components are one, in any order of keys; all go by name', async (t) => {
  const { components } = mergeParts(base, [
    part({}, { Problem: { type: 'object', description: 'd' }, B: {} }),
    part({}, { Problem: { description: 'd', type: 'object' }, A: {} }),
  ]);
  t.same(Object.keys(components.schemas ?? {}), ['A', 'B', 'Problem']);
});

t.test('components that differ under one name are an error that names them', async (t) => {
  const parts = [part({}, { Task: { type: 'object' } }), part({}, { Task: { type: 'string' } })];
  try {
    mergeParts(base, parts);
    t.fail('it must throw');
  } catch (error) {
    t.ok(error instanceof MergeError);
    t.match(error, { message: 'two services define Task of schemas differently' });
  }
});

t.test('a name that every object has is a name like any other', async (t) => {
  const { components } = mergeParts(base, [
    part({}, { constructor: {} }),
    part({}, { toString: {} }),
  ]);
  t.same(Object.keys(components.schemas ?? {}), ['constructor', 'toString']);
});
