import type { OpenApiDocument } from '../model/document.js';
import { isTree, type Tree } from '../model/walk.js';

const byFormat: Record<string, unknown> = {
  binary: '(the bytes of the file)',
  'date-time': '2026-01-31T12:00:00.000Z',
  email: 'grace@example.com',
};

const byType: Record<string, (schema: Tree) => unknown> = {
  string: ({ format }) => byFormat[String(format)] ?? 'text',
  integer: ({ minimum = 1 }) => minimum,
  number: ({ minimum = 1 }) => minimum,
  boolean: () => true,
  null: () => null,
};

/** The example that a schema gives itself; undefined where it gives none. */
function given(schema: Tree): unknown {
  const { examples, example, default: usual, const: only, enum: values } = schema;
  if (Array.isArray(examples)) return examples[0];
  return example ?? usual ?? only ?? (Array.isArray(values) ? values[0] : undefined);
}

/** A value of a schema for people to look at: what the schema gives as examples, put together. */
export function exampleOf(schema: unknown, document: OpenApiDocument): unknown {
  if (!isTree(schema)) return {};
  if (typeof schema.$ref === 'string') {
    const name = schema.$ref.split('/').at(-1) ?? '';
    return exampleOf(document.components.schemas?.[name], document);
  }
  const own = given(schema);
  if (own !== undefined) return own;
  if (Array.isArray(schema.anyOf)) return exampleOf(schema.anyOf[0], document);
  if (schema.type === 'array') return [exampleOf(schema.items, document)];
  if (schema.type === 'object' || isTree(schema.properties)) {
    const { properties = {}, required = [] } = schema as { properties?: Tree; required?: string[] };
    const shown = Object.entries(properties).filter(
      ([name, property]) => required.includes(name) || (isTree(property) && given(property)),
    );
    return Object.fromEntries(shown.map(([name, one]) => [name, exampleOf(one, document)]));
  }
  return byType[String(schema.type)]?.(schema) ?? {};
}
